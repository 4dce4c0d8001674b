/**
 * Validation of the platform repository. Also the sub-path `/validation` of this package, which command-line tools load
 * faster than the services of a backend.
 *
 * @packageDocumentation
 */
export {
  claimedRefs,
  nameConflicts,
  type WorkloadPath,
  type WorkloadSource,
} from '../catalogFiles';
export * from '../destructive';
export * from '../failSafe';
export * from '../kustomize';
export * from '../policies';
export type { Change } from './Change';
export { type CheckMessage, checkResult, skippedCheck } from './checkResult';
export { deployableKinds } from './deployableKinds';
export * from './platform';
export { FILE_BYTES, type OversizedFile, readLimited } from '../untrustedFiles';
export { validateChange } from './validateChange';
