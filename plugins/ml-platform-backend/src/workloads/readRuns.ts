import {
  nextRunName,
  repositoryPath,
  workloadDirectory,
  type WorkloadAnswers,
} from '@internal/plugin-ml-platform-common';
import {
  FILE_BYTES,
  readRunAnswers,
  type PlatformRepository,
} from '@internal/plugin-ml-platform-node';

/** Files that one response is made from. */
const MAX_FILES = 100;

/** Reads the answers of a workload's wanted runs, and finds the name of the next one. */
export async function readRuns(
  repository: Pick<PlatformRepository, 'list' | 'readLimited'>,
  options: {
    commit: string;
    rootDirectory: string;
    team: string;
    workload: string;
    environments: string[];
  },
): Promise<Pick<WorkloadAnswers, 'nextRun' | 'runs'>> {
  const { commit, rootDirectory, team, workload, environments } = options;
  const directory = repositoryPath(
    rootDirectory,
    `${workloadDirectory(team, workload)}/runs`,
  );
  const files = (await repository.list(commit, directory))
    .filter(path => path.endsWith('.yaml'))
    .map(path => {
      const [environment, ...rest] = path
        .slice(directory.length + 1, -'.yaml'.length)
        .split('/');
      return { path, environment, run: rest.at(-1) ?? '' };
    });
  if (files.length === 0) {
    return { runs: [] };
  }
  const wanted = files
    .filter(({ environment }) => environments.includes(environment))
    .slice(-MAX_FILES);
  const contents = await repository.readLimited({
    commit,
    paths: wanted.map(({ path }) => path),
    maxBytes: FILE_BYTES.other,
  });
  const runs: WorkloadAnswers['runs'] = [];
  for (const { path, environment, run } of wanted) {
    const content = contents.get(path);
    const answers = Buffer.isBuffer(content)
      ? await readRunAnswers(content.toString('utf8'))
      : undefined;
    if (answers) {
      runs.push({ environment, run, values: answers.values });
    }
  }
  const names = files.map(({ run }) => run);
  return { runs, nextRun: nextRunName(workload, names) };
}
