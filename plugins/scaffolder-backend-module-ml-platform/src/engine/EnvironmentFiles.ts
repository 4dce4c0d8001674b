import { InputError, NotFoundError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  TEMPLATES_DIRECTORY,
  repositoryPath,
  workloadDirectory,
} from '@internal/plugin-ml-platform-common';
import {
  ANSWERS_FILE,
  INITIAL_COMMIT,
  formatAnswers,
  formatRunAnswers,
  parseAnswers,
  type Answers,
  type PlatformRepository,
} from '@internal/plugin-ml-platform-node';
import type { CheckoutRecord } from '../workspace/stepRecords';
import type { SkeletonRenderer, TemplateVersion } from './SkeletonRenderer';
import { declaredValues } from './declaredValues';
import { teamRunNames } from './teamRunNames';
import { environmentPaths, type EnvironmentPaths } from './environmentPaths';

type Repository = Pick<
  PlatformRepository,
  'fileHistory' | 'initialCommit' | 'list' | 'read' | 'wasHead'
>;

/** The files of one workload's environments: as they are in the platform repository, and as templates make them. */
export class EnvironmentFiles {
  readonly #repository: Repository;
  readonly #renderer: SkeletonRenderer;
  readonly #rootDirectory: string;
  readonly #checkout: CheckoutRecord;
  readonly #task: { logger: LoggerService; signal?: AbortSignal };

  constructor(options: {
    repository: Repository;
    renderer: SkeletonRenderer;
    rootDirectory: string;
    checkout: CheckoutRecord;
    task: { logger: LoggerService; signal?: AbortSignal };
  }) {
    this.#repository = options.repository;
    this.#renderer = options.renderer;
    this.#rootDirectory = options.rootDirectory;
    this.#checkout = options.checkout;
    this.#task = options.task;
  }

  paths(environment: string): EnvironmentPaths {
    return environmentPaths(this.#rootDirectory, this.#checkout, environment);
  }

  /** Contents of an environment at a commit by path; empty when it is not there. */
  async read(
    commit: string,
    environment: string,
  ): Promise<Map<string, Buffer>> {
    const { overlay, terraform } = this.paths(environment);
    return this.#repository.read(commit, [
      ...(await this.#repository.list(commit, overlay)),
      ...(terraform ? [terraform] : []),
    ]);
  }

  /** Contents of the runs that are wanted in an environment. */
  async readRuns(
    commit: string,
    environment: string,
  ): Promise<Map<string, Buffer>> {
    return this.#repository.read(
      commit,
      await this.#repository.list(commit, this.paths(environment).runs),
    );
  }

  /** Contents of everything that belongs to the workload at a commit, in all environments. */
  async readAll(commit: string): Promise<Map<string, Buffer>> {
    const { team, workload, environments } = this.#checkout;
    const directory = repositoryPath(
      this.#rootDirectory,
      workloadDirectory(team, workload),
    );
    return this.#repository.read(commit, [
      ...(await this.#repository.list(commit, directory)),
      ...environments.flatMap(({ name }) => this.paths(name).terraform ?? []),
    ]);
  }

  /** @throws NotFoundError for an environment that was not made from a template. */
  async answers(commit: string, environment: string): Promise<Answers> {
    const file = `${this.paths(environment).overlay}/${ANSWERS_FILE}`;
    const content = (await this.#repository.read(commit, [file])).get(file);
    if (!content) {
      const { team, workload } = this.#checkout;
      throw new NotFoundError(
        `${workload} of ${team} has no ${ANSWERS_FILE} in ${environment}, so the portal cannot tell what it was made from. Change its files in a pull request.`,
      );
    }
    return parseAnswers(content.toString('utf8'), file);
  }

  /** Answers for values of a form of a template, as it is at the commit of the request. */
  async newAnswers(
    template: { name: string; ref: string },
    values: Record<string, unknown>,
  ): Promise<Answers> {
    const { commit } = this.#checkout;
    const path = `${TEMPLATES_DIRECTORY}/${template.name}`;
    const [latest] = await this.#repository.fileHistory({
      commit,
      path,
      limit: 1,
    });
    if (!latest || (await this.#repository.list(commit, path)).length === 0) {
      throw new NotFoundError(
        `The platform repository has no template ${path}. Ask the platform team to add it.`,
      );
    }
    const version = { path, commit: latest.commit };
    return {
      template: { ref: template.ref, ...version },
      values: await this.declared(version, values),
    };
  }

  /** Keeps the values that a version of a template declares. */
  async declared(
    { commit, path }: TemplateVersion,
    values: Record<string, unknown>,
  ): Promise<Record<string, unknown>> {
    const file = `${path}/template.yaml`;
    const version = await this.#resolve({ commit, path });
    const content = (await this.#repository.read(version.commit, [file])).get(
      file,
    );
    if (!content) {
      throw templateGone(path);
    }
    return declaredValues(content.toString('utf8'), values);
  }

  /** Contents that a template makes from answers, for some environments, with an answers file for each. */
  async render(
    answers: Answers,
    environments: string[],
  ): Promise<Map<string, Buffer>> {
    const { team, workload, environments: all } = this.#checkout;
    const rendered = await this.#renderer.render(
      await this.#resolve(answers.template),
      {
        team,
        workload,
        environments: all.filter(({ name }) => environments.includes(name)),
        firstEnvironment: all[0].name,
      },
      answers.values as JsonObject,
      this.#task,
    );
    if (rendered.size === 0) {
      throw templateGone(answers.template.path);
    }
    for (const environment of environments) {
      rendered.set(
        `${this.paths(environment).overlay}/${ANSWERS_FILE}`,
        Buffer.from(formatAnswers(answers)),
      );
    }
    return rendered;
  }

  /**
   * Contents that a template makes for training runs, whose answers are in their files.
   *
   * @returns an empty map when the template has no runs.
   */
  async renderRuns(
    environment: string,
    runs: Array<{ name: string; answers: Answers }>,
  ): Promise<Map<string, Buffer>> {
    const [{ answers }] = runs;
    const { team, workload, environments } = this.#checkout;
    const directory = this.paths(environment).runs;
    const rendered = await this.#renderer.render(
      await this.#resolve(answers.template),
      {
        team,
        workload,
        environments: environments.filter(({ name }) => name === environment),
        firstEnvironment: environments[0].name,
        runs: runs.map(run => ({
          name: run.name,
          values: run.answers.values as JsonObject,
          answers: formatRunAnswers(run.answers),
        })),
      },
      {},
      this.#task,
    );
    const expected = runs.map(({ name }) => `${directory}/${name}.yaml`);
    const unexpected = [...rendered.keys()].find(
      path => !expected.includes(path),
    );
    if (unexpected) {
      throw new InputError(
        `The template renders ${unexpected}, which is not named after a run of this request. Contact the owner of the template.`,
      );
    }
    return rendered;
  }

  /** Names of the runs of all workloads of the team in an environment, those on record included. */
  async runNames(environment: string): Promise<string[]> {
    const { commit, team } = this.#checkout;
    return teamRunNames(this.#repository, {
      commit,
      team,
      environment,
      rootDirectory: this.#rootDirectory,
    });
  }

  async #resolve({ commit, path }: TemplateVersion): Promise<TemplateVersion> {
    const head = this.#checkout.commit;
    if (commit === INITIAL_COMMIT) {
      return { commit: await this.#repository.initialCommit(head), path };
    }
    // A team writes the answers file, and could name a branch of its own.
    if (!(await this.#repository.wasHead({ commit, head }))) {
      throw templateGone(path);
    }
    return { commit, path };
  }
}

function templateGone(path: string): NotFoundError {
  return new NotFoundError(
    `The template ${path} that this was made from is no longer in the platform repository at the recorded commit. Nothing was changed. Change the files in a pull request.`,
  );
}
