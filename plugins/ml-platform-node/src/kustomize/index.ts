export {
  checkReferences,
  type ReferenceProblem,
  type ReferenceScope,
} from './checkReferences';
export { kustomizeBuild } from './kustomizeBuild';
export { type KubernetesObject, parseObjects } from './parseObjects';
