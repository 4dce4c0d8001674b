import { SignInPage } from '@backstage/core-components';
import { configApiRef, useApi } from '@backstage/core-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import { oidcAuthApiRef } from './oidcAuthApi';
import { PersonaSignIn } from './PersonaSignIn';
import { readPersonas } from './personas';

/** Sign-in page: personas if any are configured, otherwise the OpenID Connect provider. */
export function SignIn(props: SignInPageProps) {
  const config = useApi(configApiRef);
  if (readPersonas(config).length > 0) {
    return <PersonaSignIn {...props} />;
  }
  return (
    <SignInPage
      {...props}
      title="Sign in"
      provider={{
        id: 'oidc',
        title: 'Company account',
        message: 'Sign in with your company account',
        apiRef: oidcAuthApiRef,
      }}
    />
  );
}
