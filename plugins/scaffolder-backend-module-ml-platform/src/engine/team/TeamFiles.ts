import type { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import {
  TEMPLATES_DIRECTORY,
  TENANTS_DIRECTORY,
  repositoryPath,
} from '@internal/plugin-ml-platform-common';
import type { PlatformRepository } from '@internal/plugin-ml-platform-node';
import {
  readPlatformFiles,
  renderedChanges,
  tenantFilePath,
  type PlatformFiles,
} from '@internal/plugin-ml-platform-node/plan';
import type { GeneratedFiles } from '../../workspace/ChangeRequestWorkspace';
import type { TeamCheckoutRecord } from '../../workspace/stepRecords';
import type { SkeletonRenderer } from '../SkeletonRenderer';

interface TeamFilesOptions {
  repository: Pick<PlatformRepository, 'read'>;
  renderer: SkeletonRenderer;
  rootDirectory: string;
  checkout: TeamCheckoutRecord;
  /** Absolute path of the checkout. */
  repositoryDirectory: string;
  task: { logger: LoggerService; signal?: AbortSignal };
}

/** The files of one team: its `tenant.yaml`, which records what was asked for, and what the platform renders from it. */
export class TeamFiles {
  readonly #options: TeamFilesOptions;

  constructor(options: TeamFilesOptions) {
    this.#options = options;
  }

  get path(): string {
    const { checkout, rootDirectory } = this.#options;
    return tenantFilePath(rootDirectory, checkout.team);
  }

  /** @returns the text of `tenant.yaml` at a commit; undefined when the team is not there. */
  async read(commit: string): Promise<string | undefined> {
    const files = await this.#options.repository.read(commit, [this.path]);
    return files.get(this.path)?.toString('utf8');
  }

  /** @returns the text of `tenant.yaml` that a template, as it is at the commit of the request, makes from values. */
  async render(template: string, values: JsonObject): Promise<string> {
    const { checkout, renderer, task } = this.#options;
    const { commit, team } = checkout;
    const path = `${TEMPLATES_DIRECTORY}/${template}`;
    const rendered = await renderer.render(
      { commit, path },
      { team },
      values,
      task,
    );
    const content = rendered.get(this.path);
    if (!content || rendered.size > 1) {
      throw new NotFoundError(
        `The template ${path} has no file skeleton/team/tenant.yaml, or others beside it. Contact the owner of the template.`,
      );
    }
    return content.toString('utf8');
  }

  /**
   * Generates `tenant.yaml` and all files whose content follows from it.
   *
   * @param text - the new `tenant.yaml`; undefined to remove the team with everything in its directory
   * @throws InputError with the problems of the plan
   */
  async generate(text: string | undefined): Promise<GeneratedFiles> {
    const { checkout, repositoryDirectory, rootDirectory } = this.#options;
    const before = await readPlatformFiles(repositoryDirectory, rootDirectory);
    assertValid(before, before);
    const own = new Map<string, string | undefined>([
      ...(text === undefined ? this.#directory(before) : []),
      [this.path, text],
    ]);
    const rendered = assertValid(before, before.with(own));
    const generated: GeneratedFiles = { recorded: new Map(), next: new Map() };
    for (const [path, content] of new Map([...rendered, ...own])) {
      const current = before.read(path);
      // What is rendered has no changes by hand to keep, so that it is as it was generated last.
      if (current !== undefined && current !== content) {
        generated.recorded.set(path, Buffer.from(current));
      }
      if (content !== undefined && current !== content) {
        generated.next.set(path, Buffer.from(content));
      }
    }
    if (generated.recorded.size + generated.next.size === 0) {
      throw new ConflictError(
        `Nothing to change: the platform repository already has exactly this team ${checkout.team}.`,
      );
    }
    return generated;
  }

  #directory(files: PlatformFiles): Array<[string, undefined]> {
    const { checkout, rootDirectory } = this.#options;
    const directory = repositoryPath(
      rootDirectory,
      `${TENANTS_DIRECTORY}/${checkout.team}/`,
    );
    return files
      .paths()
      .filter(path => path.startsWith(directory))
      .map(path => [path, undefined]);
  }
}

function assertValid(
  before: PlatformFiles,
  after: PlatformFiles,
): Map<string, string | undefined> {
  const { changes, problems } = renderedChanges(before, after);
  if (!changes) {
    const lines = [
      ...new Set(
        problems.map(({ path, line, text }) => `- ${path}:${line}: ${text}`),
      ),
    ];
    throw new InputError(
      `The plan of the platform would not be valid. Nothing was changed.\n${lines.join(
        '\n',
      )}`,
    );
  }
  return changes;
}
