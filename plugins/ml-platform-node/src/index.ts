/**
 * What the backends of the ML platform share.
 *
 * @packageDocumentation
 */
export * from './clusterStore';
export * from './config/mlPlatformConfig';
export * from './platformRepository';
export * from './teams';
