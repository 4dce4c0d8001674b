/**
 * Rules of Kubernetes, Kustomize and Argo CD that can be checked on files alone, without tenancy and without the platform's
 * policies.
 *
 * @packageDocumentation
 */
export {
  appliedFiles,
  type DirectoryOptions,
  KUSTOMIZATION_FILES,
  SKIP_MARKER,
  sourceTypeOf,
} from './argocd/applicationSource';
export {
  kustomizeDirectoryViolations,
  plainDirectoryViolations,
  skippedManifestProblem,
} from './argocd/directoryViolations';

export {
  BUILD_MEMORY_BYTES,
  isOutOfMemory,
  kustomizeCommand,
} from './kustomize/kustomizeCommand';
export type { Kustomization } from './kustomize/kustomizationSchema';
export {
  KUSTOMIZATION_BYTES,
  parseKustomization,
} from './kustomize/parseKustomization';
export {
  inlinePatchesOf,
  isLocalPath,
  type KustomizationReference,
  referencesOf,
} from './kustomize/references';
export {
  type KubernetesObject,
  MANIFEST_BYTES,
  parseManifestFile,
  objectsIn,
  parseObjects,
} from './objects/parseObjects';
export { objectViolations } from './objectViolations';
export { changeViolations } from './rules/changes';
export { serverMessage } from './serverMessage';
export { nextStart, scheduleProblem, timeZoneProblem, wallClock } from './cron';
export { expandedYaml } from './yaml/expandedYaml';
export { quantityOf, thousandthsOf, unitsOf } from './quantities';
