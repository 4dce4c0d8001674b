export { GitPlatformRepository } from './GitPlatformRepository';
export type {
  FileChange,
  FileHistory,
  FileVersion,
  PlatformRepository,
} from './PlatformRepository';
export { platformRepositoryServiceRef } from './platformRepositoryServiceRef';
export { repositoryCredentials } from './repositoryCredentials';
