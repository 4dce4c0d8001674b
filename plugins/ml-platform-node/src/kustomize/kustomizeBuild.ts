import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { type KubernetesObject, objectsIn } from '@internal/platform-rules';
import { InputError } from '@backstage/errors';
import { LRUCache } from 'lru-cache';
import { EventLoopSlice } from '../async/EventLoopSlice';
import { RENDERED_LIMITS, yamlLimitProblem } from '../untrustedFiles';
import { checkReferences } from './checkReferences';
import type { ReferenceScope } from './KustomizationVisit';
import { kustomizeMessage } from './kustomizeMessage';
import { runKustomize } from './runKustomize';

/** Rendered directories, by path and digest: a preview and its request build the same files. */
const rendered = new LRUCache<string, Buffer>({
  maxSize: 32 * 1024 * 1024,
  sizeCalculation: (output, key) => output.length + key.length + 1,
});

/**
 * Runs `kubectl kustomize` on a directory, after checking that its references stay in the scope.
 *
 * @param directory - relative to the scope's root, for example `infra/gitops/workloads/app-ml-team/fraud-scorer/overlays/dev`
 * @throws InputError with Kustomize's own message, its paths relative to the root; ServiceUnavailableError without kubectl.
 */
export async function kustomizeBuild(
  directory: string,
  scope: ReferenceScope,
  options: { signal?: AbortSignal } = {},
): Promise<KubernetesObject[]> {
  const { problems, digest } = await checkReferences(directory, scope);
  if (problems.length > 0) {
    throw new InputError(
      problems.map(problem => `${problem.path}: ${problem.text}`).join('\n'),
    );
  }
  options.signal?.throwIfAborted();
  const key = `${directory}\0${digest}`;
  const known = rendered.get(key);
  if (known) {
    return parseRendered(known);
  }
  // Kustomize resolves symbolic links, for example of the temporary directory, in its messages.
  const root = await realpath(scope.root);
  const result = await runKustomize(path.join(root, directory), options);
  if (result.exitCode !== 0) {
    throw new InputError(kustomizeMessage(result.stderr, root));
  }
  rendered.set(key, result.stdout);
  return parseRendered(result.stdout);
}

/** Parses what Kustomize printed, with limits: a short kustomization can print much. */
async function parseRendered(output: Buffer): Promise<KubernetesObject[]> {
  const text = output.toString('utf8');
  const problem = await yamlLimitProblem(text, RENDERED_LIMITS);
  if (problem) {
    throw new InputError(
      `What Kustomize renders is too large: ${problem.text}`,
    );
  }
  const slice = new EventLoopSlice();
  const objects: KubernetesObject[] = [];
  for (const object of objectsIn(text)) {
    objects.push(object);
    await slice.next();
  }
  return objects;
}
