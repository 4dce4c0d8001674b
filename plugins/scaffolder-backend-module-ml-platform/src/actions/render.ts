import { InputError } from '@backstage/errors';
import type { z } from 'zod/v3';
import { MAX_SWEEP_RUNS } from '@internal/plugin-ml-platform-common';
import { create, edit, upgrade } from '../engine/generate';
import { run } from '../engine/runs';
import { changeTeam } from '../engine/team/changeTeam';
import type { CheckoutRecord } from '../workspace/stepRecords';
import {
  createGenerateAction,
  type GenerateDependencies,
} from './generateAction';
import { examples } from './render.examples';

const GENERATE: Partial<Record<CheckoutRecord['mode'], typeof create>> = {
  create,
  edit,
  upgrade,
};

/**
 * Renders every part of the template's skeleton, as it is in the platform repository, for the environments of the request,
 * with an answers file for each. To edit or upgrade, it renders what the answers file records as well, so that `merge` finds
 * what people changed since. For a run it renders that part alone, by the template of the workload. For a team it renders
 * `tenant.yaml`, and with it everything that the platform renders from it.
 */
export function createRenderAction(dependencies: GenerateDependencies) {
  return createGenerateAction(dependencies, {
    id: 'ml-platform:gitops:render',
    description:
      "Renders the template's skeleton for each environment of the request",
    examples,
    input: (zod: typeof z) =>
      zod
        .object({
          values: zod
            .record(zod.any())
            .describe(
              'Values of the form. Those that the template does not declare are dropped',
            ),
          sweep: zod
            .object({
              // Expressions of templates give an empty text, or nothing, for what is not set.
              parameter: zod.string().optional(),
              values: zod
                .union([
                  zod.array(zod.string()).max(MAX_SWEEP_RUNS),
                  zod.literal(''),
                ])
                .optional(),
            })
            .strict()
            .optional()
            .describe(
              'With mode run: one run for each value of one of the "parameters". Nothing when its parameter is empty',
            ),
        })
        .strict(),
    generate: async ({ checkout, files, input, template }) => {
      if (checkout.mode === 'run') {
        const { parameter = '', values } = input.sweep ?? {};
        return run({
          checkout,
          files,
          values: input.values,
          ...(parameter && { sweep: { parameter, values: values || [] } }),
        });
      }
      const generate = GENERATE[checkout.mode];
      if (!generate) {
        throw new InputError(
          `A request to ${checkout.mode} a workload renders nothing. Give this step a condition.`,
        );
      }
      return generate({ checkout, files, template, values: input.values });
    },
    generateTeam: async ({ input, ...request }) =>
      changeTeam({ ...request, values: input.values }),
  });
}
