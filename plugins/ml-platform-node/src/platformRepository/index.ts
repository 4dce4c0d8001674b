export { GitPlatformRepository } from './GitPlatformRepository';
export type { FileChange, PlatformRepository } from './PlatformRepository';
export { platformRepositoryServiceRef } from './platformRepositoryServiceRef';
export { repositoryCredentials } from './repositoryCredentials';
