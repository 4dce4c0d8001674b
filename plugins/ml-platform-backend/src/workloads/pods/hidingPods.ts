import { isError } from '@backstage/errors';
import { notFound } from '../../http/TeamAccess';

/** A pod that does not exist answers like a namespace that one may not see. */
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
