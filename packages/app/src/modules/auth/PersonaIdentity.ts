import type {
  BackstageUserIdentity,
  DiscoveryApi,
  IdentityApi,
  ProfileInfo,
} from '@backstage/core-plugin-api';
import { ResponseError } from '@backstage/errors';
import { z } from 'zod';
import { rememberedPersona } from './personas';

const sessionSchema = z.object({
  profile: z.object({
    email: z.string().optional(),
    displayName: z.string().optional(),
    picture: z.string().optional(),
  }),
  backstageIdentity: z.object({
    token: z.string(),
    expiresInSeconds: z.number().optional(),
    identity: z.object({
      type: z.literal('user'),
      userEntityRef: z.string(),
      ownershipEntityRefs: z.array(z.string()),
    }),
  }),
});

type Session = z.infer<typeof sessionSchema>;

const RENEW_BEFORE_MILLISECONDS = 5 * 60_000;
const DEFAULT_LIFETIME_SECONDS = 10 * 60;

/** Identity of a persona. Renews its token before it expires. */
export class PersonaIdentity implements IdentityApi {
  readonly #user: string;
  readonly #discoveryApi: DiscoveryApi;
  #session?: Promise<Session>;
  #renewAt = 0;

  /**
   * Signs in and remembers the persona in this browser.
   *
   * @throws ResponseError when the backend refuses.
   */
  static async signIn(options: { user: string; discoveryApi: DiscoveryApi }) {
    const identity = new PersonaIdentity(options);
    await identity.#current();
    rememberedPersona.write(options.user);
    return identity;
  }

  private constructor(options: { user: string; discoveryApi: DiscoveryApi }) {
    this.#user = options.user;
    this.#discoveryApi = options.discoveryApi;
  }

  async getProfileInfo(): Promise<ProfileInfo> {
    return (await this.#current()).profile;
  }

  async getBackstageIdentity(): Promise<BackstageUserIdentity> {
    return (await this.#current()).backstageIdentity.identity;
  }

  async getCredentials(): Promise<{ token: string }> {
    return { token: (await this.#current()).backstageIdentity.token };
  }

  async signOut(): Promise<void> {
    rememberedPersona.forget();
  }

  #current(): Promise<Session> {
    if (!this.#session || Date.now() >= this.#renewAt) {
      const fetched = this.#fetchSession();
      this.#session = fetched;
      // One HTTP request at a time; after a failure, the next caller retries.
      this.#renewAt = Infinity;
      fetched.then(
        session => {
          this.#renewAt = renewalTime(session);
        },
        () => {
          this.#session = undefined;
        },
      );
    }
    return this.#session;
  }

  async #fetchSession(): Promise<Session> {
    const baseUrl = await this.#discoveryApi.getBaseUrl('auth');
    const persona = new URLSearchParams({ persona: this.#user });
    const response = await fetch(`${baseUrl}/sandbox/refresh?${persona}`, {
      headers: { 'X-Requested-With': 'XMLHttpRequest' },
      credentials: 'include',
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return sessionSchema.parse(await response.json());
  }
}

function renewalTime({ backstageIdentity }: Session): number {
  const lifetime =
    (backstageIdentity.expiresInSeconds ?? DEFAULT_LIFETIME_SECONDS) * 1000;
  return Date.now() + Math.max(lifetime - RENEW_BEFORE_MILLISECONDS, 30_000);
}
