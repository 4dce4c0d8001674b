import {
  CATALOG_FILE_PROBLEMS_ANNOTATION,
  WORKLOAD_ANNOTATION,
} from '@internal/plugin-ml-platform-common';

/** Matches components that our entity provider read from a workload directory. */
export const isWorkload = {
  kind: 'component',
  [`metadata.annotations.${WORKLOAD_ANNOTATION}`]: { $exists: true },
};

/** Matches components whose `catalog-info.yaml` the portal cannot show as it is. */
export const hasCatalogFileProblems = {
  kind: 'component',
  [`metadata.annotations.${CATALOG_FILE_PROBLEMS_ANNOTATION}`]: {
    $exists: true,
  },
};
