/** Repeats a check until it no longer throws. At the deadline, throws its last error. */
export async function eventually<T>(
  check: () => T | Promise<T>,
  timeout = 300_000,
): Promise<T> {
  const end = Date.now() + timeout;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) {
        throw error;
      }
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }
}
