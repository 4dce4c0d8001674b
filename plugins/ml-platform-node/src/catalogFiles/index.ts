export {
  type CatalogFile,
  type CatalogFileProblem,
  readCatalogFile,
} from './readCatalogFile';
export { RepositoryWorkloads } from './RepositoryWorkloads';
export {
  claimedRefs,
  nameConflicts,
  type WorkloadPath,
  type WorkloadSource,
} from './nameConflicts';
