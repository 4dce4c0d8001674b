import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClusterTokens, ClusterUser } from './clusterUsers';

/** Paths of kubeconfigs by user. */
export type Kubeconfigs = Record<ClusterUser, string>;

/** Writes a kubeconfig for each user of a cluster. */
export async function writeKubeconfigs(
  directory: string,
  options: { url: string; authorityFile: string; tokens: ClusterTokens },
): Promise<Kubeconfigs> {
  const { url, authorityFile, tokens } = options;
  const name = 'real';
  const files: Record<string, string> = {};
  for (const [user, token] of Object.entries(tokens)) {
    files[user] = join(directory, `${user.replace(':', '-')}.kubeconfig`);
    const config = {
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': name,
      clusters: [
        {
          name,
          cluster: { server: url, 'certificate-authority': authorityFile },
        },
      ],
      users: [{ name, user: { token } }],
      contexts: [{ name, context: { cluster: name, user: name } }],
    };
    await writeFile(files[user], JSON.stringify(config), { mode: 0o600 });
  }
  return files as Kubeconfigs;
}
