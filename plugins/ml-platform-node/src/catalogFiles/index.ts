export {
  type CatalogFile,
  type CatalogFileProblem,
  readCatalogFile,
} from './readCatalogFile';
export {
  claimedRefs,
  nameConflicts,
  type WorkloadPath,
  type WorkloadSource,
} from './nameConflicts';
