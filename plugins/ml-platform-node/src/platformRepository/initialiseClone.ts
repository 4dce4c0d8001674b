import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { BlobStore } from './BlobStore';
import { GitCommand } from './GitCommand';
import { gitEnvironment } from './gitEnvironment';
import type { GitIdentity } from './PlatformRepository';
import type { RepositoryCredentialsProvider } from './repositoryCredentials';

export interface GitPlatformRepositoryOptions {
  /** HTTP(S) clone URL, without credentials. */
  url: string;
  /** The deployed branch, for example `main`. */
  branch: string;
  /** Default: anonymous access. */
  credentials?: RepositoryCredentialsProvider;
  /** Committer of all commits; their author is the requester. */
  committer: GitIdentity;
  /** Parent directory of the clone. Default: the system's temporary directory. */
  workingDirectory?: string;
  logger: LoggerService;
}

/** A bare partial clone. */
export interface Clone {
  git: GitCommand;
  blobs: BlobStore;
}

/** Makes an empty clone; `head` fetches into it. */
export async function initialiseClone({
  url,
  credentials,
  workingDirectory,
  logger,
}: GitPlatformRepositoryOptions): Promise<Clone> {
  const directory = await mkdtemp(
    path.join(workingDirectory ?? tmpdir(), 'ml-platform-repository-'),
  );
  const git = new GitCommand({
    directory,
    environment: async () =>
      gitEnvironment({
        home: directory,
        url,
        credentials: await credentials?.(),
      }),
    logger,
  });
  await git.run(['init', '--quiet', '--bare', '--template=', '.']);
  for (const [key, value] of [
    ['remote.origin.url', url],
    ['remote.origin.promisor', 'true'],
    ['remote.origin.partialclonefilter', 'blob:none'],
  ]) {
    await git.run(['config', key, value]);
  }
  return { git, blobs: new BlobStore(git) };
}
