import { NotFoundError } from '@backstage/errors';
import type { z } from 'zod/v3';
import { rollBack } from '../engine/rollBack';
import {
  createGenerateAction,
  type GenerateDependencies,
} from './generateAction';
import { examples } from './rollBack.examples';

/** Restores the environment of the request as it was at an earlier commit of the branch. Later changes stay in Git's history. */
export function createRollBackAction(dependencies: GenerateDependencies) {
  const { repository } = dependencies;
  return createGenerateAction(dependencies, {
    id: 'ml-platform:gitops:roll-back',
    description:
      'Restores the environment of the request as of an earlier deployment',
    examples,
    input: (zod: typeof z) =>
      zod
        .object({
          commit: zod
            .string()
            .regex(/^[0-9a-f]{40}$/, 'must be a full commit id')
            .describe(
              'Commit of the platform repository that Argo CD deployed earlier: the revision in its history',
            ),
        })
        .strict(),
    generate: async ({ checkout, files, input: { commit: earlier } }) => {
      const { commit } = checkout;
      if (!(await repository.wasHead({ commit: earlier, head: commit }))) {
        throw new NotFoundError(
          `Commit ${earlier.slice(
            0,
            8,
          )} was never deployed from the platform repository. Choose another deployment.`,
        );
      }
      return rollBack(checkout, files, earlier);
    },
  });
}
