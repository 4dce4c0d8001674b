import type { Leaf } from './leaves';

const SECRET_KEY = /(secret|password|token|apikey)$/i;

/** Values from examples, from the sandbox and from the documentation of other products. */
const SAMPLE =
  /sandbox|change[-_ ]?me|replace[-_ ]?me|example|sample|placeholder|^(secret|password|passw0rd|token|test|admin|postgres|backstage)\d*$/i;

/** Keys with which the portal itself signs. Whoever guesses one can forge what it signs. */
const SIGNING_KEY =
  /^(auth\.session\.secret|mlPlatform\.repository\.trailerSecret|mlPlatform\.changeRequests\.webhookSecret|backend\.auth\.(keys|externalAccess)\[\d+\]\..*(secret|token))$/;

const MIN_LENGTH = 32;
const MIN_DISTINCT_CHARACTERS = 10;

/** Finds the published secrets of samples, and signing keys that can be guessed. */
export function findSecretProblems(leaves: Leaf[]): string[] {
  return leaves.flatMap(({ path, key, value }) => {
    if (typeof value !== 'string' || !SECRET_KEY.test(key)) {
      return [];
    }
    if (SAMPLE.test(value)) {
      return [
        `${path}: this is a sample that anybody can know. Set a secret of your own.`,
      ];
    }
    return SIGNING_KEY.test(path) && isWeak(value)
      ? [
          `${path}: too weak for a signing key. Set at least ${MIN_LENGTH} random characters, for example from \`openssl rand -hex 32\`.`,
        ]
      : [];
  });
}

function isWeak(secret: string): boolean {
  return (
    secret.length < MIN_LENGTH || new Set(secret).size < MIN_DISTINCT_CHARACTERS
  );
}
