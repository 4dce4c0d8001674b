import { InputError, NotFoundError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { z } from 'zod/v3';
import { environmentPaths } from '../engine/environmentPaths';
import { setYaml } from '../engine/setYaml';
import { ChangeRequestWorkspace } from '../workspace/ChangeRequestWorkspace';
import type { ActionDependencies } from './dependencies';
import { guardErrors, parseInput } from './guardErrors';
import { examples } from './yamlSet.examples';

const inputSchema = (zod: typeof z) =>
  zod
    .object({
      file: zod
        .string()
        .regex(
          /^[A-Za-z0-9_][A-Za-z0-9._-]*(\/[A-Za-z0-9_][A-Za-z0-9._-]*)*$/,
          'must be a path in the directory',
        )
        .describe("The file, in the directory of the request's environment"),
      path: zod
        .array(zod.union([zod.string(), zod.number()]))
        .min(1)
        .describe(
          'Keys and indexes of one value; "*" stands for any key or index, "**" for any number of them',
        ),
      value: zod
        .union([zod.string(), zod.number(), zod.boolean()])
        .describe('The new value'),
      optional: zod
        .boolean()
        .optional()
        .describe('Leave it alone when there is no such file'),
    })
    .strict();

const outputSchema = (zod: typeof z) => zod.object({});

/** Sets one value in a YAML file of the platform repository, and leaves all other characters alone. */
export function createYamlSetAction({
  config,
  logger,
}: Pick<ActionDependencies, 'config' | 'logger'>) {
  return createTemplateAction({
    id: 'ml-platform:yaml:set',
    description:
      'Sets one value in a YAML file, and leaves comments, order and quotes alone',
    examples,
    supportsDryRun: true,
    schema: { input: inputSchema, output: outputSchema },
    async handler(ctx) {
      await guardErrors(logger, async () => {
        const input = parseInput(inputSchema, ctx.input);
        const workspace = await ChangeRequestWorkspace.open(ctx.workspacePath);
        const { team, workload, environment } = workspace.workloadCheckout;
        if (environment === undefined) {
          throw new InputError(
            'This step changes one environment, and the request names none.',
          );
        }
        const { overlay } = environmentPaths(
          config.repository.rootDirectory,
          workspace.workloadCheckout,
          environment,
        );
        const file = `${overlay}/${input.file}`;
        const { base, current, isGenerated } = await workspace.read(file);
        if (!current) {
          if (input.optional) {
            return;
          }
          throw new NotFoundError(
            `${workload} of ${team} has no ${input.file} in ${environment}. Change it in a pull request.`,
          );
        }
        await workspace.generate({
          // What an earlier step generated has its own ancestor.
          recorded: new Map(base && !isGenerated ? [[file, base]] : []),
          next: new Map([
            [file, Buffer.from(await edited(current.toString('utf8')))],
          ]),
        });

        async function edited(text: string): Promise<string> {
          try {
            return await setYaml(text, input.path, input.value);
          } catch (error) {
            if (error instanceof InputError) {
              throw new InputError(
                `${input.file} in ${environment} cannot be changed: ${error.message}. Change it in a pull request.`,
              );
            }
            throw error;
          }
        }
      });
    },
  });
}
