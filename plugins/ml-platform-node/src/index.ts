/**
 * What the backends of the ML platform share.
 *
 * @packageDocumentation
 */
export * from './clusterStore';
export * from './config/mlPlatformConfig';
export * from './lastKnown';
export * from './platformRepository';
export * from './teams';
