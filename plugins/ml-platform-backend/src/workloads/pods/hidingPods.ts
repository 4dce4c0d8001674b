import { isError } from '@backstage/errors';
import { notFound } from '../../http/TeamAccess';

/** Converts a pod's NotFoundError to the error for a forbidden namespace, so that responses do not reveal which pods exist. */
export async function hidingPods<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (isError(error) && error.name === 'NotFoundError') {
      throw notFound();
    }
    throw error;
  }
}
