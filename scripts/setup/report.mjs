/** Formats the time since a value of `performance.now()`: `8 s`, `2 min 5 s`. */
export function elapsedSince(start) {
  const seconds = Math.round((performance.now() - start) / 1000);
  return seconds < 100
    ? `${seconds} s`
    : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/**
 * Runs a step, and prints its title, its usual duration and its actual duration.
 *
 * @param {{ title: string, usually: string }} description - for example "Building the app", "1 minute"
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 * @template T
 */
export async function step({ title, usually }, work) {
  const start = performance.now();
  console.log(`${title} (usually ${usually}) …`);
  const reminder = setInterval(
    () => console.log(`  … still running after ${elapsedSince(start)}`),
    30_000,
  );
  try {
    const result = await work();
    console.log(`  done in ${elapsedSince(start)}`);
    return result;
  } finally {
    clearInterval(reminder);
  }
}
