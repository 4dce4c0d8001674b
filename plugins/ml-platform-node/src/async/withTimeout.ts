/**
 * Waits for work that cannot be cancelled.
 *
 * @param options.error - creates the error when the work takes longer than `ms`.
 */
export async function withTimeout<T>(
  work: PromiseLike<T>,
  options: { ms: number; error: () => Error },
): Promise<T> {
  const { ms, error } = options;
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(error()), ms);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
