/** Somebody the forge knows, with the one token (and password) it accepts from them. */
export interface Account {
  id: number;
  login: string;
  fullName: string;
  email: string;
  token: string;
  access: 'read' | 'write' | 'admin';
}

/** The forge's accounts. The tokens are no secrets: the sandbox listens on loopback only and holds nothing of value. */
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

/** The account with a login. */
export function accountOf(login: string): Account | undefined {
  return accounts.find(account => account.login === login);
}

/** Whether the account may push to the repository and open pull requests in it. */
export function mayWrite(account: Account): boolean {
  return account.access !== 'read';
}

/** Whether the account may merge into the protected branch, push to it, and manage webhooks. */
export function mayAdminister(account: Account): boolean {
  return account.access === 'admin';
}

/**
 * Who a request's Authorization header names.
 *
 * @returns `anonymous` without the header, `invalid` when it names nobody or the token is wrong.
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
