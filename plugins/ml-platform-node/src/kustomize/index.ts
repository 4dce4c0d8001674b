export { checkReferences, type ReferenceScope } from './checkReferences';
export { kustomizeBuild } from './kustomizeBuild';
export { type KubernetesObject, parseObjects } from '@internal/platform-rules';
