export type {
  FileChange,
  GitIdentity,
  PlatformRepository,
} from './PlatformRepository';
