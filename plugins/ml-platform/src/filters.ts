import { WORKLOAD_ANNOTATION } from '@internal/plugin-ml-platform-common';

/** Components that our entity provider read from a workload's directory. */
export const isWorkload = {
  kind: 'component',
  [`metadata.annotations.${WORKLOAD_ANNOTATION}`]: { $exists: true },
};
