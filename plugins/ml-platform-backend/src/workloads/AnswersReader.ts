import { NotFoundError } from '@backstage/errors';
import {
  repositoryPath,
  workloadDirectory,
  workloadNameProblem,
  type EnvironmentAnswers,
  type Promotion,
  type WorkloadAnswers,
} from '@internal/plugin-ml-platform-common';
import {
  ANSWERS_FILE,
  FILE_BYTES,
  INITIAL_COMMIT,
  readAnswers,
  type Answers,
  type MlPlatformConfig,
  type PlatformRepository,
} from '@internal/plugin-ml-platform-node';
import { readRuns } from './readRuns';

interface AnswersReaderOptions {
  config: MlPlatformConfig;
  repository: PlatformRepository;
}

/** Changes of an environment that are counted at most. */
const MAX_CHANGES = 51;

/** Reads the answers files of a workload, and the answers of its runs, as they are on the branch now. Files that are not valid are left out. */
export class AnswersReader {
  readonly #options: AnswersReaderOptions;

  constructor(options: AnswersReaderOptions) {
    this.#options = options;
  }

  async read(
    team: string,
    workload: string,
  ): Promise<Omit<WorkloadAnswers, 'mayRequest'>> {
    const { config, repository } = this.#options;
    if (workloadNameProblem(workload)) {
      throw new NotFoundError('There is no workload of this name.');
    }
    const commit = await this.#newestCommit();
    const overlays = repositoryPath(
      config.repository.rootDirectory,
      `${workloadDirectory(team, workload)}/overlays`,
    );
    const directories = await repository.directories(commit, overlays);
    const environments = config.environments
      .map(({ name }) => name)
      .filter(name => directories.has(name));
    const files = await repository.readLimited({
      commit,
      paths: environments.map(name => `${overlays}/${name}/${ANSWERS_FILE}`),
      maxBytes: FILE_BYTES.answers,
    });
    // Environments of a workload have the same template, as a rule.
    const latest = new Map<string, Promise<string | undefined>>();
    const items: EnvironmentAnswers[] = [];
    const promotedFrom = new Map<string, Answers['promotedFrom']>();
    for (const environment of environments) {
      const content = files.get(`${overlays}/${environment}/${ANSWERS_FILE}`);
      const read = Buffer.isBuffer(content)
        ? await readAnswers(content.toString('utf8'))
        : undefined;
      if (read && 'answers' in read) {
        const { template, values } = read.answers;
        const { path } = template;
        const newest = latest.get(path) ?? this.#latestChange(commit, path);
        latest.set(path, newest);
        promotedFrom.set(environment, read.answers.promotedFrom);
        items.push({
          environment,
          template: template.ref,
          isBehind: await this.#isBehind(commit, template, await newest),
          values,
        });
      }
    }
    return {
      environments,
      items,
      promotions: await this.#promotions({
        commit,
        overlays,
        environments,
        promotedFrom,
      }),
      ...(await readRuns(repository, {
        commit,
        rootDirectory: config.repository.rootDirectory,
        team,
        workload,
        environments: config.environments.map(({ name }) => name),
      })),
      commit,
    };
  }

  /** Counts by commits of the source's directory: a version that is only different is not newer. */
  async #promotions(options: {
    commit: string;
    overlays: string;
    environments: string[];
    promotedFrom: Map<string, Answers['promotedFrom']>;
  }): Promise<Promotion[]> {
    const { config, repository } = this.#options;
    const { commit, overlays, environments, promotedFrom } = options;
    const names = config.environments.map(({ name }) => name);
    return Promise.all(
      environments.flatMap(from => {
        const to = names[names.indexOf(from) + 1];
        return to === undefined
          ? []
          : [
              (async () => {
                const last = promotedFrom.get(to);
                if (last?.environment !== from) {
                  return { from, to };
                }
                const versions = await repository.fileHistory({
                  commit,
                  path: `${overlays}/${from}`,
                  limit: MAX_CHANGES,
                });
                const index = versions.findIndex(
                  version => version.commit === last.commit,
                );
                return { from, to, changes: index === -1 ? undefined : index };
              })(),
            ];
      }),
    );
  }

  /** A form that starts from old values would take back what was merged since, so that the branch is fetched. */
  async #newestCommit(): Promise<string> {
    const { repository } = this.#options;
    try {
      return await repository.head();
    } catch (error) {
      const known = repository.lastKnownHead();
      if (known === undefined) {
        throw error;
      }
      return known;
    }
  }

  /** True when the template changed after the commit that an environment was made from. */
  async #isBehind(
    commit: string,
    template: Answers['template'],
    latest: string | undefined,
  ): Promise<boolean> {
    const recorded =
      template.commit === INITIAL_COMMIT
        ? await this.#options.repository.initialCommit(commit)
        : template.commit;
    return latest !== undefined && latest !== recorded;
  }

  async #latestChange(
    commit: string,
    path: string,
  ): Promise<string | undefined> {
    const { repository } = this.#options;
    const [latest] = await repository.fileHistory({ commit, path, limit: 1 });
    return latest?.commit;
  }
}
