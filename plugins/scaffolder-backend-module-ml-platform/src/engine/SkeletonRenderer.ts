import { mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type {
  LoggerService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { ScmIntegrations } from '@backstage/integration';
import { createFetchTemplateAction } from '@backstage/plugin-scaffolder-backend';
import type { ActionContext } from '@backstage/plugin-scaffolder-node';
import type { JsonObject } from '@backstage/types';
import {
  type Environment,
  TEAM_ROOTS_DIRECTORY,
  TENANTS_DIRECTORY,
  namespaceName,
  overlayDirectory,
  repositoryPath,
  runsDirectory,
  workloadDirectory,
} from '@internal/plugin-ml-platform-common';
import type { PlatformRepository } from '@internal/plugin-ml-platform-node';
import { hclFilter } from '../filters/hclFilter';
import { textFilter } from '../filters/textFilter';
import { yamlFilter } from '../filters/yamlFilter';
import { listRenderedFiles } from '../workspace/renderedFiles';

/** A template at a commit of the platform repository. */
export interface TemplateVersion {
  commit: string;
  /** Directory of the template in the repository. */
  path: string;
}

/**
 * Directories of a skeleton: for the workload as a whole, for each environment its overlay and its Terraform root, and for each
 * training run; or for a team.
 */
export const SKELETON_PARTS = [
  'workload',
  'environment',
  'terraform',
  'run',
  'team',
];

/** A training run to render. */
interface RunToRender {
  name: string;
  /** Values of the run, those that the workload has by default included. */
  values: JsonObject;
  /** Text of its answers, which the skeleton keeps in an annotation. */
  answers: string;
}

export interface RenderTarget {
  team: string;
  workload: string;
  /** Environments to render. */
  environments: Environment[];
  /** The first environment of the team: what all environments share belongs to it. */
  firstEnvironment: string;
  /** Runs to render in each environment, instead of the other parts. */
  runs?: RunToRender[];
}

/** A directory of the skeleton, and where its files go in the platform repository. */
interface Part {
  directory: string;
  target: string;
  values: JsonObject;
}

type FetchTemplate = ReturnType<typeof createFetchTemplateAction>;
type FetchTemplateContext = Parameters<FetchTemplate['handler']>[0];

/** Renders skeletons with the scaffolder's own engine, the action `fetch:template`. */
export class SkeletonRenderer {
  readonly #options: {
    repository: Pick<PlatformRepository, 'checkout'>;
    rootDirectory: string;
  };
  readonly #fetchTemplate: FetchTemplate;

  constructor(options: {
    integrations: ScmIntegrations;
    reader: UrlReaderService;
    repository: Pick<PlatformRepository, 'checkout'>;
    /** Root directory of `gitops/` and `terraform/` in the platform repository. */
    rootDirectory: string;
  }) {
    this.#options = options;
    this.#fetchTemplate = createFetchTemplateAction({
      integrations: options.integrations,
      reader: options.reader,
      additionalTemplateFilters: {
        yaml: yamlFilter.filter,
        hcl: hclFilter.filter,
        text: textFilter.filter,
      },
    });
  }

  /**
   * Renders every part of a skeleton that the template has. Values are data: the engine renders them once, and our filters
   * encode them.
   *
   * @returns contents by path, relative to the repository's root.
   * @throws NotFoundError when the commit is gone, InputError for files that are not allowed.
   */
  async render(
    { commit, path: templatePath }: TemplateVersion,
    target: RenderTarget | { team: string },
    values: JsonObject,
    { logger, signal }: { logger: LoggerService; signal?: AbortSignal },
  ): Promise<Map<string, Buffer>> {
    const directory = await mkdtemp(path.join(tmpdir(), 'ml-platform-render-'));
    try {
      const source = path.join(directory, 'template');
      await this.#options.repository.checkout({
        commit,
        paths: [`${templatePath}/skeleton`],
        targetDirectory: source,
      });
      const workspacePath = path.join(directory, 'rendered');
      await mkdir(workspacePath);
      const skeleton = path.join(source, templatePath, 'skeleton');
      const parts =
        'workload' in target
          ? this.#parts(target, values)
          : [this.#teamPart(target.team, values)];
      for (const part of parts) {
        signal?.throwIfAborted();
        if (!(await directoryExists(path.join(skeleton, part.directory)))) {
          continue;
        }
        await this.#fetchTemplate
          .handler(
            this.#context({ directory, skeleton, workspacePath, part, logger }),
          )
          .catch(rethrowRefusal);
      }
      const files = await listRenderedFiles(workspacePath);
      return new Map(
        await Promise.all(
          files.map(
            async file =>
              [file, await readFile(path.join(workspacePath, file))] as const,
          ),
        ),
      );
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  }

  #parts(target: RenderTarget, values: JsonObject): Part[] {
    const { team, workload, environments, firstEnvironment, runs } = target;
    const at = (directory: string) =>
      repositoryPath(this.#options.rootDirectory, directory);
    const shared = { ...values, team, name: workload };
    const isFirst = ({ name }: Environment) => name === firstEnvironment;
    const parts = environments.flatMap((environment): Part[] => {
      const { name, cluster } = environment;
      const own = {
        ...shared,
        environment: name,
        cluster,
        namespace: namespaceName(team, environment),
        isFirst: isFirst(environment),
      };
      if (runs) {
        return runs.map(run => ({
          directory: 'run',
          target: at(runsDirectory(team, workload, name)),
          values: {
            ...own,
            ...run.values,
            team,
            name: workload,
            run: run.name,
            answers: run.answers,
          },
        }));
      }
      return [
        {
          directory: 'environment',
          target: at(overlayDirectory(team, workload, name)),
          values: own,
        },
        {
          directory: 'terraform',
          target: at(`${TEAM_ROOTS_DIRECTORY}/${team}/${name}`),
          values: own,
        },
      ];
    });
    if (!runs && environments.some(isFirst)) {
      parts.unshift({
        directory: 'workload',
        target: at(workloadDirectory(team, workload)),
        values: shared,
      });
    }
    return parts;
  }

  #teamPart(team: string, values: JsonObject): Part {
    return {
      directory: 'team',
      target: repositoryPath(
        this.#options.rootDirectory,
        `${TENANTS_DIRECTORY}/${team}`,
      ),
      values: { ...values, team },
    };
  }

  #context(options: {
    directory: string;
    skeleton: string;
    workspacePath: string;
    part: Part;
    logger: LoggerService;
  }): FetchTemplateContext {
    const { directory, skeleton, workspacePath, part, logger } = options;
    const context: Partial<ActionContext<JsonObject>> = {
      logger: withoutInfo(logger),
      workspacePath,
      templateInfo: {
        entityRef: '',
        baseUrl: pathToFileURL(path.join(skeleton, 'template.yaml')).href,
      },
      createTemporaryDirectory: () => mkdtemp(path.join(directory, 'part-')),
      output: () => {},
    };
    return {
      ...context,
      input: {
        url: `./${part.directory}`,
        targetPath: part.target,
        values: part.values,
        trimBlocks: true,
        lstripBlocks: true,
      },
    } as FetchTemplateContext;
  }
}

/** Message of the template engine when one of our filters refuses a value; the filter's own is for people. */
const REFUSAL = /Template filter "(?:yaml|hcl|text)" failed: (?<reason>.+)/s;

function rethrowRefusal(error: Error): never {
  const reason = REFUSAL.exec(error.message)?.groups?.reason;
  throw reason === undefined ? error : new InputError(reason);
}

/** The action has a line for every file, and one with all values. */
function withoutInfo(logger: LoggerService): LoggerService {
  return {
    debug: logger.debug.bind(logger),
    info: () => {},
    warn: logger.warn.bind(logger),
    error: logger.error.bind(logger),
    child: () => withoutInfo(logger),
  };
}

async function directoryExists(directory: string): Promise<boolean> {
  return stat(directory).then(
    status => status.isDirectory(),
    () => false,
  );
}
