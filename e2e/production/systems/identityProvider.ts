import Provider from 'oidc-provider';
import { addressOf } from '../addresses';

/** A client of the provider. */
export interface Client {
  id: string;
  secret: string;
  redirectUri: string;
}

/** Accounts of the company; the provider's test pages take any password. */
const ACCOUNTS: Record<string, { email: string; email_verified: boolean }> = {
  // In the catalog.
  engineer: { email: 'ml-engineer@example.com', email_verified: true },
  // Not in the catalog.
  stranger: { email: 'stranger@example.com', email_verified: true },
  // Calls themself as somebody in the catalog does, which the provider has not verified.
  impostor: { email: 'platform-engineer@example.com', email_verified: false },
};

/** Starts a real OpenID Connect provider. */
export function startIdentityProvider(port: number, client: Client): void {
  const provider = new Provider(addressOf('id'), {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [client.redirectUri],
        grant_types: ['authorization_code', 'refresh_token'],
      },
    ],
    claims: {
      openid: ['sub'],
      profile: ['name'],
      email: ['email', 'email_verified'],
    },
    findAccount: (_context, id) =>
      ACCOUNTS[id] && {
        accountId: id,
        claims: () => ({ sub: id, name: id, ...ACCOUNTS[id] }),
      },
    issueRefreshToken: async () => true,
  });
  // The gateway ends TLS.
  provider.proxy = true;
  provider.listen(port, '127.0.0.1');
}
