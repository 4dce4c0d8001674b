export { diskFull } from './gitFailure';
export { replaceFiles } from './commitObjects';
export { GitPlatformRepository } from './GitPlatformRepository';
export type {
  FileChange,
  FileHistory,
  FileVersion,
  MergeConflict,
  MergeResult,
  PlatformRepository,
} from './PlatformRepository';
export { platformRepositoryServiceRef } from './platformRepositoryServiceRef';
export { repositoryCredentials } from './repositoryCredentials';
