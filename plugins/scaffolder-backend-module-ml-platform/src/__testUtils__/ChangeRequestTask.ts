import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { mockCredentials } from '@backstage/backend-test-utils';
import type { TemplateAction } from '@backstage/plugin-scaffolder-node';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type { JsonObject } from '@backstage/types';
import { createCheckoutAction } from '../actions/checkout';
import type { ActionDependencies } from '../actions/dependencies';
import { createMergeAction } from '../actions/merge';
import { createProposeAction } from '../actions/propose';
import { createValidateAction } from '../actions/validate';

const ROOT = resolve(__dirname, '../../../..');
const EXAMPLE = 'feature-api';

const DEFAULTS = {
  user: 'ml-engineer',
  dryRun: false,
  team: 'app-ml-team',
  workload: 'fraud-scorer',
};

export interface TaskOptions {
  user?: string;
  dryRun?: boolean;
  /** Initiator of the task. Default: the user. */
  credentials?: BackstageCredentials;
  secrets?: Record<string, string>;
  team?: string;
  workload?: string;
}

/** Steps of one task; `render` stands in for `fetch:template` and copies an example under the new name. */
export class ChangeRequestTask {
  readonly workspacePath: string;
  readonly #dependencies: ActionDependencies;
  readonly #options: TaskOptions & typeof DEFAULTS;

  constructor(
    workspacePath: string,
    dependencies: ActionDependencies,
    options: TaskOptions,
  ) {
    this.workspacePath = workspacePath;
    this.#dependencies = dependencies;
    this.#options = { ...DEFAULTS, ...options };
  }

  async checkout() {
    return this.run(createCheckoutAction(this.#dependencies), this.#target);
  }

  /** @param edit - changes the content of the rendered files. */
  async render(edit: (content: string) => string = content => content) {
    const { team, workload } = this.#options;
    const commit = await this.#dependencies.repository.head();
    const directories = [
      `infra/gitops/workloads/app-ml-team/${EXAMPLE}`,
      'infra/terraform/compositions/teams/app-ml-team',
    ];
    for (const directory of directories) {
      const files = await readdir(join(ROOT, directory), {
        recursive: true,
        withFileTypes: true,
      });
      for (const entry of files) {
        const source = join(entry.parentPath, entry.name);
        if (entry.isFile() && source.includes(EXAMPLE)) {
          const content = (await readFile(source, 'utf8'))
            .replaceAll(EXAMPLE, workload)
            .replaceAll('"initial"', JSON.stringify(commit))
            .replaceAll('app-ml-team', team);
          const path = source
            .slice(ROOT.length + 1)
            .replaceAll(EXAMPLE, workload)
            .replaceAll('app-ml-team', team);
          await this.write(path, edit(content));
        }
      }
    }
  }

  async write(path: string, content: string, options: { mode?: number } = {}) {
    const target = join(this.workspacePath, 'rendered', path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content, options);
  }

  async merge() {
    return this.run(createMergeAction(this.#dependencies), {});
  }

  async validate(input: { previewDigest?: string } = {}) {
    return this.run(createValidateAction(this.#dependencies), {
      ...this.#target,
      ...input,
    });
  }

  async propose(input: JsonObject = {}) {
    return this.run(createProposeAction(this.#dependencies), {
      ...this.#target,
      title: `Add ${this.#options.workload}`,
      description: 'Scores payments. @everyone `<!-- x -->`',
      ...input,
    });
  }

  /** Runs all steps except `propose`. */
  async prepare(edit?: (content: string) => string) {
    await this.checkout();
    await this.render(edit);
    await this.merge();
    return this.validate();
  }

  get #target() {
    const { team, workload } = this.#options;
    return { team, workload };
  }

  /** Runs an action in this workspace and returns its outputs. */
  async run<I extends JsonObject, O extends JsonObject>(
    action: TemplateAction<I, O>,
    input: JsonObject,
  ): Promise<Record<string, unknown>> {
    const { user, dryRun, secrets, credentials } = this.#options;
    const outputs: Record<string, unknown> = {};
    await action.handler({
      ...createMockActionContext<I, O>({
        input: input as I,
        secrets,
        workspacePath: this.workspacePath,
        templateInfo: {
          entityRef: 'template:default/ml-service',
          entity: { metadata: { name: 'ml-service', namespace: 'default' } },
        },
      }),
      isDryRun: dryRun,
      getInitiatorCredentials: async () =>
        credentials ?? mockCredentials.user(`user:default/${user}`),
      output: (name, value) => {
        outputs[String(name)] = value;
      },
    });
    return outputs;
  }
}
