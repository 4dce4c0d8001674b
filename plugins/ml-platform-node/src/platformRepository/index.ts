export { GitPlatformRepository } from './GitPlatformRepository';
export type {
  FileChange,
  FileVersion,
  PlatformRepository,
} from './PlatformRepository';
export { platformRepositoryServiceRef } from './platformRepositoryServiceRef';
export { repositoryCredentials } from './repositoryCredentials';
