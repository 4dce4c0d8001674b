import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { mockCredentials } from '@backstage/backend-test-utils';
import type { TemplateAction } from '@backstage/plugin-scaffolder-node';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type { JsonObject } from '@backstage/types';
import { createCheckoutAction } from '../actions/checkout';
import type { ActionDependencies } from '../actions/dependencies';
import { createMergeAction } from '../actions/merge';
import { createPromoteAction } from '../actions/promote';
import { createProposeAction } from '../actions/propose';
import { createRemoveAction } from '../actions/remove';
import { createRenderAction } from '../actions/render';
import { createRollBackAction } from '../actions/rollBack';
import { createValidateAction } from '../actions/validate';
import { createYamlSetAction } from '../actions/yamlSet';

/** Values of the form of the template `ml-service`. */
const VALUES = {
  description: 'Scores payments',
  image: 'ghcr.io/acme/fraud-scorer:1.4.2',
  port: 8080,
  size: 'small',
  gpu: false,
};

const DEFAULTS = {
  template: 'ml-service',
  user: 'ml-engineer',
  dryRun: false,
  team: 'app-ml-team',
  workload: 'fraud-scorer',
  values: VALUES as JsonObject,
};

export interface TaskOptions {
  /** Name of the template. Default: `ml-service`. */
  template?: string;
  user?: string;
  dryRun?: boolean;
  /** Initiator of the task. Default: the user. */
  credentials?: BackstageCredentials;
  secrets?: Record<string, string>;
  team?: string;
  workload?: string;
  /** Values of the form that each `render` has. Default: those of `ml-service`. */
  values?: JsonObject;
  /** For a request for the team itself: the group that owns it. */
  group?: string;
}

/**
 * A scaffolder task that opens a change request. Each method runs the `ml-platform:gitops:*` action of its name as a step, in
 * one workspace.
 */
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

  async checkout(input: JsonObject = {}) {
    const { group } = this.#options;
    return this.run(createCheckoutAction(this.#dependencies), {
      ...this.#target,
      ...(group !== undefined && { group }),
      ...input,
    });
  }

  /** @param edit - changes the content of the rendered files. */
  async render(
    values: JsonObject = {},
    edit: (content: string) => string = content => content,
    sweep?: { parameter: string; values: string[] },
  ) {
    const { team, workload, values: defaults } = this.#options;
    await this.run(createRenderAction(this.#dependencies), {
      values: { ...defaults, team, name: workload, ...values },
      ...(sweep && { sweep }),
    });
    const rendered = join(this.workspacePath, 'rendered');
    const files = await readdir(rendered, {
      recursive: true,
      withFileTypes: true,
    });
    for (const entry of files.filter(file => file.isFile())) {
      const file = join(entry.parentPath, entry.name);
      await writeFile(file, edit(await readFile(file, 'utf8')));
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

  async validate(
    input: { previewDigest?: string; confirmation?: { name?: string } } = {},
  ) {
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

  /** Runs a step that generates files. */
  async promote(from: string) {
    return this.run(createPromoteAction(this.#dependencies), { from });
  }
  async rollBack(commit: string) {
    return this.run(createRollBackAction(this.#dependencies), { commit });
  }
  async remove() {
    return this.run(createRemoveAction(this.#dependencies), {});
  }
  async set(input: JsonObject) {
    return this.run(createYamlSetAction(this.#dependencies), input);
  }

  /** Merges, validates and proposes what earlier steps generated. @returns the branch */
  async submit(
    input: { confirmation?: { name?: string } } = {},
  ): Promise<string> {
    await this.merge();
    await this.validate(input);
    return String((await this.propose()).branch);
  }

  /** Runs all steps except `propose`. */
  async prepare(values?: JsonObject) {
    await this.checkout();
    await this.render(values);
    await this.merge();
    return this.validate();
  }

  get #target() {
    const { group, team, workload } = this.#options;
    return group === undefined ? { team, workload } : { team };
  }

  /** Runs an action in this workspace and returns its outputs. */
  async run<I extends JsonObject, O extends JsonObject>(
    action: TemplateAction<I, O, 'v2'>,
    input: JsonObject,
  ): Promise<Record<string, unknown>> {
    const { user, dryRun, secrets, credentials, template } = this.#options;
    const outputs: Record<string, unknown> = {};
    await action.handler({
      ...createMockActionContext<I, O>({
        input: input as I,
        secrets,
        workspacePath: this.workspacePath,
        templateInfo: {
          entityRef: `template:default/${template}`,
          entity: { metadata: { name: template, namespace: 'default' } },
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
