/** An account of the forge. Its token is also its password. */
export interface Account {
  id: number;
  login: string;
  fullName: string;
  email: string;
  token: string;
  access: 'read' | 'write' | 'admin';
}

/** Accounts of the forge. The tokens are not secret: the sandbox listens on loopback only, and has no valuable data. */
export const sandboxAccounts = {
  portal: {
    id: 2,
    login: 'portal-bot',
    fullName: 'ML platform portal',
    email: 'portal-bot@example.com',
    token: 'sandbox-portal-token',
    access: 'write',
  },
  platformEngineer: {
    id: 3,
    login: 'platform-engineer',
    fullName: 'Platform engineer',
    email: 'platform-engineer@example.com',
    token: 'sandbox-platform-engineer-token',
    access: 'admin',
  },
  argocd: {
    id: 4,
    login: 'argocd',
    fullName: 'Argo CD',
    email: 'argocd@example.com',
    token: 'sandbox-argocd-token',
    access: 'read',
  },
} satisfies Record<string, Account>;

const accounts: Account[] = Object.values(sandboxAccounts);

/** Finds an account by login. */
export function findAccount(login: string): Account | undefined {
  return accounts.find(account => account.login === login);
}

/** Returns true if an account may push to the repository and open pull requests. */
export function mayWrite(account: Account): boolean {
  return account.access !== 'read';
}

/** Returns true if an account may merge into the protected branch, push to it, and manage webhooks. */
export function mayAdminister(account: Account): boolean {
  return account.access === 'admin';
}

/**
 * Authenticates a request, as Gitea does: a token is taken with any user name.
 *
 * @param header - the Authorization header: `token`, `Bearer`, or `Basic` with the token as password, or as user name
 *   with an empty password or `x-oauth-basic`.
 * @param parameter - the parameter `token` or `access_token` of the URL.
 * @returns `anonymous` without a credential, `invalid` for an unknown token.
 * @see code.gitea.io/gitea v1.26.0 services/auth/basic.go, services/auth/oauth2.go
 */
export function authenticate(
  header: string | undefined,
  parameter?: string,
): Account | 'anonymous' | 'invalid' {
  const token = parameter || (header && tokenOf(header));
  if (token === undefined || token === '') {
    return header ? 'invalid' : 'anonymous';
  }
  return accounts.find(account => account.token === token) ?? 'invalid';
}

function tokenOf(header: string): string | undefined {
  const [scheme, credential = ''] = header.trim().split(/ +/);
  switch (scheme.toLowerCase()) {
    case 'token':
    case 'bearer':
      return credential;
    case 'basic': {
      const [, user, password] = /^([^:]*):?(.*)$/s.exec(
        Buffer.from(credential, 'base64').toString(),
      )!;
      return ['', 'x-oauth-basic'].includes(password) ? user : password;
    }
    default:
      return undefined;
  }
}
