export {
  GitPlatformRepository,
  type GitPlatformRepositoryOptions,
} from './GitPlatformRepository';
export type {
  FileChange,
  GitIdentity,
  PlatformRepository,
  Revision,
} from './PlatformRepository';
export { platformRepositoryServiceRef } from './platformRepositoryServiceRef';
export {
  repositoryCredentials,
  type RepositoryCredentials,
} from './repositoryCredentials';
