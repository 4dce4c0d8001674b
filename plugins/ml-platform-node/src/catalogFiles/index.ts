export {
  type CatalogFile,
  type CatalogFileProblem,
  mainRefs,
  readCatalogFile,
} from './readCatalogFile';
export { RepositoryWorkloads } from './RepositoryWorkloads';
export {
  claimedRefs,
  nameConflicts,
  type WorkloadPath,
  type WorkloadSource,
} from './nameConflicts';
