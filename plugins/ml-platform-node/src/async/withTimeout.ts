/**
 * Waits for a promise, which cannot be cancelled, for a limited time.
 *
 * @throws the error of `createError` when it takes longer than `ms`.
 */
export async function withTimeout<T>(
  ms: number,
  promise: PromiseLike<T>,
  createError = () => new Error(`No result within ${ms} ms`),
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(createError()), ms);
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
