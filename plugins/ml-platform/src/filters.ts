import { WORKLOAD_ANNOTATION } from '@internal/plugin-ml-platform-common';

/** Matches components that our entity provider read from a workload directory. */
export const isWorkload = {
  kind: 'component',
  [`metadata.annotations.${WORKLOAD_ANNOTATION}`]: { $exists: true },
};
