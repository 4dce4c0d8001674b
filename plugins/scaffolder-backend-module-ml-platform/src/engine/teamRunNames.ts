import {
  WORKLOADS_DIRECTORY,
  repositoryPath,
} from '@internal/plugin-ml-platform-common';
import type { PlatformRepository } from '@internal/plugin-ml-platform-node';

/**
 * Lists the names of the runs of all workloads of a team in an environment, those on record included. Runs of different
 * workloads have one namespace.
 */
export async function teamRunNames(
  repository: Pick<PlatformRepository, 'list'>,
  options: {
    commit: string;
    team: string;
    environment: string;
    rootDirectory: string;
  },
): Promise<string[]> {
  const { commit, team, environment, rootDirectory } = options;
  const directory = repositoryPath(
    rootDirectory,
    `${WORKLOADS_DIRECTORY}/${team}`,
  );
  const files = await repository.list(commit, directory);
  return files.flatMap(path => {
    const [, kind, ...rest] = path.slice(directory.length + 1).split('/');
    const [place, file] = rest.slice(rest[0] === 'archive' ? 1 : 0);
    return kind === 'runs' && place === environment && file?.endsWith('.yaml')
      ? [file.slice(0, -'.yaml'.length)]
      : [];
  });
}
