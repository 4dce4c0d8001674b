import { InputError } from '@backstage/errors';
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
import { TeamFiles } from '../engine/team/TeamFiles';
import {
  ChangeRequestWorkspace,
  type GeneratedFiles,
} from '../workspace/ChangeRequestWorkspace';
import {
  isWorkloadCheckout,
  type CheckoutRecord,
  type TeamCheckoutRecord,
} from '../workspace/stepRecords';
import type { ActionDependencies } from './dependencies';
import { guardErrors, parseInput } from './guardErrors';

/** The request that a generating action runs for. */
export interface GenerateRequest<TInput> {
  input: TInput;
  checkout: CheckoutRecord;
  files: EnvironmentFiles;
  template: ChangeRequestTemplate;
}

/** The request for a team that a generating action runs for. */
export interface GenerateTeamRequest<TInput> {
  input: TInput;
  checkout: TeamCheckoutRecord;
  files: TeamFiles;
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
    /** Absent for an action that is for workloads only. */
    generateTeam?: (
      request: GenerateTeamRequest<z.output<TSchema>>,
    ) => Promise<GeneratedFiles>;
  },
) {
  const { id, description, examples, input, generate, generateTeam } = options;
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
        const { checkout, repositoryDirectory } = workspace;
        const request = {
          input: parsed,
          template: changeRequestTemplate(
            ctx as Pick<ActionContext<JsonObject>, 'templateInfo'>,
          ),
        };
        const services = {
          repository,
          renderer,
          rootDirectory: config.repository.rootDirectory,
          task: ctx,
        };
        if (isWorkloadCheckout(checkout)) {
          const files = new EnvironmentFiles({ ...services, checkout });
          await workspace.generate(
            await generate({ ...request, checkout, files }),
          );
          return;
        }
        if (!generateTeam) {
          throw new InputError(`The step ${id} is not for teams.`);
        }
        const files = new TeamFiles({
          ...services,
          checkout,
          repositoryDirectory,
        });
        await workspace.generate(
          await generateTeam({ ...request, checkout, files }),
        );
      });
    },
  });
}
