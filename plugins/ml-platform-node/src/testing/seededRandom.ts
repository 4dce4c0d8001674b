/** Mulberry32, a generator of 32-bit integers that makes random failures reproducible. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

/** Creates a generator of integers from 0 to below its argument. */
export function seededIntegers(seed: number): (below: number) => number {
  const next = seeded(seed);
  return below => next() % below;
}

/** Creates a generator of numbers in [0, 1). */
export function seededFractions(seed: number): () => number {
  const next = seeded(seed);
  return () => next() / 2 ** 32;
}
