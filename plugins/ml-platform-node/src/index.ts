/**
 * What the backends of the ML platform share.
 *
 * @packageDocumentation
 */
export * from './clusterStore';
export * from './config/mlPlatformConfig';
export * from './forge';
export * from './kustomize';
export * from './lastKnown';
export * from './platformRepository';
export * from './policies';
export * from './quantities';
export * from './requests';
export * from './teams';
export * from './validation';
