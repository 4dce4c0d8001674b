import type { z } from 'zod/v3';
import { remove } from '../engine/remove';
import { cancelRun } from '../engine/runs';
import {
  createGenerateAction,
  type GenerateDependencies,
} from './generateAction';
import { examples } from './remove.examples';

/**
 * Removes a workload from the environment of the request with its cloud resources, files that people added included; from
 * all environments, with its page in the catalog, when the request names none or the last one. A run moves to the archive.
 */
export function createRemoveAction(dependencies: GenerateDependencies) {
  return createGenerateAction(dependencies, {
    id: 'ml-platform:gitops:remove',
    description:
      'Removes the workload from the environment of the request, or from all; cancels the run of the request',
    examples,
    input: (zod: typeof z) => zod.object({}).strict(),
    generate: async ({ checkout, files }) =>
      checkout.run === undefined
        ? remove(checkout, files)
        : cancelRun(checkout, files),
    generateTeam: async ({ files }) => files.generate(undefined),
  });
}
