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
 * Authenticates an Authorization header.
 *
 * @returns `anonymous` without the header, `invalid` for an unknown account or a wrong token.
 */
export function authenticate(
  header: string | undefined,
): Account | 'anonymous' | 'invalid' {
  if (!header) {
    return 'anonymous';
  }
  const [scheme, credential = ''] = header.trim().split(/ +/);
  switch (scheme.toLowerCase()) {
    case 'token':
    case 'bearer':
      return accounts.find(({ token }) => token === credential) ?? 'invalid';
    case 'basic': {
      const decoded = Buffer.from(credential, 'base64').toString();
      const [login, ...rest] = decoded.split(':');
      const password = rest.join(':');
      const found = accounts.find(
        account => account.login === login && account.token === password,
      );
      return found ?? 'invalid';
    }
    default:
      return 'invalid';
  }
}
