import {
  configApiRef,
  discoveryApiRef,
  useApi,
} from '@backstage/core-plugin-api';
import { ResponseError, toError } from '@backstage/errors';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import { Alert, Avatar, Text } from '@backstage/ui';
import { useCallback, useEffect, useId, useMemo, useState } from 'react';
import { Logo } from '../nav/Logo';
import { PersonaIdentity } from './PersonaIdentity';
import styles from './PersonaSignIn.module.css';
import { readPersonas, rememberedPersona, type Persona } from './personas';

/** Page to choose a persona. The last one is signed in again without asking. */
export function PersonaSignIn({ onSignInSuccess }: SignInPageProps) {
  const config = useApi(configApiRef);
  const discoveryApi = useApi(discoveryApiRef);
  const personas = useMemo(() => readPersonas(config), [config]);
  const [signingInAs, setSigningInAs] = useState<string>();
  const [error, setError] = useState<Error>();

  const signIn = useCallback(
    async (user: string) => {
      setSigningInAs(user);
      setError(undefined);
      try {
        onSignInSuccess(await PersonaIdentity.signIn({ user, discoveryApi }));
      } catch (failure) {
        setSigningInAs(undefined);
        setError(toError(failure));
      }
    },
    [discoveryApi, onSignInSuccess],
  );

  useEffect(() => {
    const user = rememberedPersona.read();
    if (personas.some(persona => persona.user === user) && user) {
      signIn(user);
    }
    // Once, when the page opens.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  return (
    <main className={styles.page}>
      <div className={styles.intro}>
        <Logo className={styles.logo} />
        <Text as="h1" variant="title-large" weight="bold">
          {config.getOptionalString('app.title') ?? 'ML Platform'}
        </Text>
        <Text as="p" variant="body-large" color="secondary">
          {config.getOptionalBoolean('mlPlatform.sandbox')
            ? 'This is the sandbox: no cluster, no cloud, no password.'
            : 'This portal is reachable only from this machine, so it needs no password.'}{' '}
          Choose a persona. You can sign out and choose another one.
        </Text>
      </div>
      {error && (
        <Alert
          className={styles.notice}
          role="alert"
          status="danger"
          icon
          title="Sign-in failed"
          description={failureText(error)}
        />
      )}
      {signingInAs && (
        <Alert
          className={styles.notice}
          role="status"
          status="info"
          isPending
          title={`Signing in as ${signingInAs}`}
          description="Right after a start this takes up to half a minute, while the catalog loads the users."
        />
      )}
      <ul className={styles.personas} aria-label="Personas">
        {personas.map(persona => (
          <li key={persona.user}>
            <PersonaCard persona={persona} onPress={signIn} />
          </li>
        ))}
      </ul>
    </main>
  );
}

function PersonaCard(props: {
  persona: Persona;
  onPress: (user: string) => void;
}) {
  const { user, title, description } = props.persona;
  const descriptionId = useId();
  return (
    <button
      type="button"
      className={styles.persona}
      aria-label={`Sign in as ${title}`}
      aria-describedby={descriptionId}
      onClick={() => props.onPress(user)}
    >
      <Avatar name={title} src="" purpose="decoration" />
      <span className={styles.text}>
        <Text variant="title-x-small" weight="bold">
          {title}
        </Text>
        <Text variant="body-small" color="secondary">
          {user}
        </Text>
        <Text id={descriptionId}>{description}</Text>
      </span>
    </button>
  );
}

function failureText(error: Error): string {
  return ResponseError.is(error)
    ? error.cause.message
    : 'The portal is not responding. Check that it is running, then try again.';
}
