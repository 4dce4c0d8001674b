import { isError } from '@backstage/errors';
import type { PodLogs } from '@internal/plugin-ml-platform-common';
import type { ClusterStore } from '@internal/plugin-ml-platform-node';
import { notFound } from '../access/TeamAccess';

/** A pod that does not exist answers like a namespace that one may not see. */
export async function readPodLogs(
  store: ClusterStore,
  options: Parameters<ClusterStore['podLogs']>[0],
): Promise<PodLogs> {
  try {
    return { text: await store.podLogs(options) };
  } catch (error) {
    if (isError(error) && error.name === 'NotFoundError') {
      throw notFound();
    }
    throw error;
  }
}
