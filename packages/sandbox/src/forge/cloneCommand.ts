import { sandboxAccounts } from './accounts';
import type { Forge } from './Forge';

/** Returns a command that clones the platform repository as the platform engineer, whom the web pages act as, too. */
export function cloneCommand({
  rootUrl,
  fullName,
}: Pick<Forge, 'rootUrl' | 'fullName'>): string {
  const { login, token } = sandboxAccounts.platformEngineer;
  const url = rootUrl.replace('://', `://${login}:${token}@`);
  return `git clone ${url}/${fullName}.git`;
}
