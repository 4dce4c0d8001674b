import {
  createTemplateAction,
  type ActionContext,
  type TemplateExample,
} from '@backstage/plugin-scaffolder-node';
import type { JsonObject } from '@backstage/types';
import type { z } from 'zod/v3';
import {
  changeRequestTemplate,
  type ChangeRequestTemplate,
} from '../changeRequestTemplate';
import { EnvironmentFiles } from '../engine/EnvironmentFiles';
import {
  ChangeRequestWorkspace,
  type GeneratedFiles,
} from '../workspace/ChangeRequestWorkspace';
import type { CheckoutRecord } from '../workspace/stepRecords';
import type { ActionDependencies } from './dependencies';
import { guardErrors, parseInput } from './guardErrors';

/** The request that a generating action runs for. */
export interface GenerateRequest<TInput> {
  input: TInput;
  checkout: CheckoutRecord;
  files: EnvironmentFiles;
  template: ChangeRequestTemplate;
}

export type GenerateDependencies = Pick<
  ActionDependencies,
  'config' | 'logger' | 'renderer' | 'repository'
>;

/** Creates an action that generates files of the request, which `merge` merges after it. */
export function createGenerateAction<TSchema extends z.AnyZodObject>(
  { config, logger, renderer, repository }: GenerateDependencies,
  options: {
    id: string;
    description: string;
    examples: TemplateExample[];
    input: (zod: typeof z) => TSchema;
    generate: (
      request: GenerateRequest<z.output<TSchema>>,
    ) => Promise<GeneratedFiles>;
  },
) {
  const { id, description, examples, input, generate } = options;
  return createTemplateAction({
    id,
    description,
    examples,
    supportsDryRun: true,
    schema: { input, output: (zod: typeof z) => zod.object({}) },
    async handler(ctx) {
      await guardErrors(logger, async () => {
        const parsed = parseInput(input, ctx.input);
        const workspace = await ChangeRequestWorkspace.open(ctx.workspacePath);
        const { checkout } = workspace;
        const files = new EnvironmentFiles({
          repository,
          renderer,
          rootDirectory: config.repository.rootDirectory,
          checkout,
          task: ctx,
        });
        await workspace.generate(
          await generate({
            input: parsed,
            checkout,
            files,
            template: changeRequestTemplate(
              ctx as Pick<ActionContext<JsonObject>, 'templateInfo'>,
            ),
          }),
        );
      });
    },
  });
}
