export {
  type CatalogFile,
  type CatalogFileProblem,
  readCatalogFile,
} from './readCatalogFile';
