import type { z } from 'zod/v3';
import { promote } from '../engine/promote';
import type { ActionDependencies } from './dependencies';
import {
  createGenerateAction,
  type GenerateDependencies,
} from './generateAction';
import { examples } from './promote.examples';

/** Promotes an environment to the one of the request, and leaves the replicas, size and schedule there alone. */
export function createPromoteAction(
  dependencies: GenerateDependencies & Pick<ActionDependencies, 'store'>,
) {
  const { config, repository, store } = dependencies;
  return createGenerateAction(dependencies, {
    id: 'ml-platform:gitops:promote',
    description: 'Promotes an environment to the one of the request',
    examples,
    input: (zod: typeof z) =>
      zod
        .object({
          from: zod
            .string()
            .describe(
              'The environment to promote: the one before the environment of the request',
            ),
        })
        .strict(),
    generate: async ({ checkout, files, input }) =>
      promote({
        checkout,
        files,
        repository,
        source: input.from,
        store,
        maySkip: config.promotions.maySkip,
      }),
  });
}
