/**
 * What checks the platform repository, without the services of a backend: commands load it faster.
 *
 * @packageDocumentation
 */
export * from './kustomize';
export * from './policies';
export * from './validation';
