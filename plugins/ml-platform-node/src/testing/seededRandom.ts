/** Mulberry32: the same numbers for the same seed, so that a failure can be repeated. Whole numbers of 32 bits. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

/** Whole numbers from 0 to less than what is asked for. */
export function seededIntegers(seed: number): (below: number) => number {
  const next = seeded(seed);
  return below => next() % below;
}

/** Numbers in [0, 1). */
export function seededFractions(seed: number): () => number {
  const next = seeded(seed);
  return () => next() / 2 ** 32;
}
