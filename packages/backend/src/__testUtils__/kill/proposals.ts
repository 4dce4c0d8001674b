import { promisify } from 'node:util';
import { execFile } from 'node:child_process';
import type { PortalTarget } from '../PortalTarget';

interface Pull {
  number: number;
  head: { ref: string };
}

/** Everything that requests for one workload left on the forge: branches, pull requests of any state, commits. */
export async function proposals(
  { forge }: PortalTarget,
  workload: string,
): Promise<{ branches: number; pullRequests: number; commits: number }> {
  const repository = `${forge.url}/acme/platform.git`;
  const { stdout } = await promisify(execFile)('git', [
    'ls-remote',
    repository.replace(
      '://',
      `://platform-engineer:${forge.platformEngineerToken}@`,
    ),
  ]);
  const pulls: Pull[] = await get(forge, '/pulls?state=all&limit=50');
  const isOwn = (ref: string) =>
    ref.split('/').at(-1)?.split('.')[0] === workload;
  const own = pulls.filter(({ head }) => isOwn(head.ref));
  const commits = await Promise.all(
    own.map(({ number }) => get(forge, `/pulls/${number}/commits`)),
  );
  return {
    branches: stdout
      .split('\n')
      .filter(line => line.includes('\trefs/heads/') && isOwn(line)).length,
    pullRequests: own.length,
    commits: commits.flat().length,
  };
}

async function get(forge: PortalTarget['forge'], path: string) {
  const response = await fetch(
    `${forge.url}/api/v1/repos/acme/platform${path}`,
    { headers: { authorization: `token ${forge.platformEngineerToken}` } },
  );
  if (!response.ok) {
    throw new Error(`${path}: ${response.status}`);
  }
  return response.json();
}
