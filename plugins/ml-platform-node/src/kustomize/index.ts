export { buildNetwork } from './buildNetwork';
export { checkReferences } from './checkReferences';
export type { ReferenceScope } from './KustomizationVisit';
export { kustomizeBuild } from './kustomizeBuild';
export { type KubernetesObject, parseObjects } from '@internal/platform-rules';
