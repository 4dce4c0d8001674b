export {
  type CatalogFile,
  type CatalogFileLocation,
  type CatalogFileProblem,
  readCatalogFile,
} from './readCatalogFile';
