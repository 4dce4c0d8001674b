/**
 * What the backends of the ML platform share.
 *
 * @packageDocumentation
 */
export * from './clusterStore';
export * from './config/mlPlatformConfig';
export * from './forge';
export * from './kinds';
export * from './kustomize';
export * from './upstream';
export * from './platformRepository';
export * from './policies';
export * from './quantities';
export * from './changeRequests';
export * from './teams';
export * from './validation';
