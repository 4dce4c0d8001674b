/**
 * Code that the backends of the ML platform share.
 *
 * @packageDocumentation
 */
export * from './answers';
export { withTimeout } from './async/withTimeout';
export * from './catalogFiles';
export * from './changeRequests';
export * from './clusterStore';
export * from './config/mlPlatformConfig';
export type { ServiceCaller } from './config/serviceCallers';
export * from './forge';
export * from './gpus';
export * from './kinds';
export { parseJson } from './json/parseJson';
export * from './platformRepository';
export * from './quantities';
export * from './quotas';
export * from './schedules';
export * from './teams';
export {
  FILE_BYTES,
  type OversizedFile,
  TEAM_LIMITS,
  yamlLimitProblem,
} from './untrustedFiles';
export * from './upstream';
export * from './validation';
