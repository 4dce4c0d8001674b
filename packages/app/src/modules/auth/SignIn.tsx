import { SignInPage } from '@backstage/core-components';
import {
  configApiRef,
  githubAuthApiRef,
  useApi,
  type ConfigApi,
} from '@backstage/core-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import { oidcAuthApiRef } from './oidcAuthApi';
import { PersonaSignIn } from './PersonaSignIn';
import { readPersonas } from './personas';

const PROVIDERS = [
  {
    id: 'oidc',
    title: 'Company account',
    message: 'Sign in with your company account',
    apiRef: oidcAuthApiRef,
  },
  {
    id: 'github',
    title: 'GitHub',
    message: 'Sign in with your GitHub account',
    apiRef: githubAuthApiRef,
  },
];

/** Sign-in page: personas if any are configured, otherwise the configured providers. */
export function SignIn(props: SignInPageProps) {
  const config = useApi(configApiRef);
  if (readPersonas(config).length > 0) {
    return <PersonaSignIn {...props} />;
  }
  const providers = configuredProviders(config);
  return providers.length === 1 ? (
    <SignInPage {...props} title="Sign in" provider={providers[0]} />
  ) : (
    <SignInPage {...props} title="Sign in" providers={providers} />
  );
}

function configuredProviders(config: ConfigApi) {
  return PROVIDERS.filter(({ id }) => config.has(`auth.providers.${id}`));
}
