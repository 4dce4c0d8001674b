/** One measure, ours beside a peer's in the same run. Numbers are in the unit that `measure` names. */
export interface Row {
  measure: string;
  ours: number;
  /** Absent where there is no peer, or where the peer failed. */
  peer?: number;
  /** How many times better than the peer. */
  ratio?: number;
  /** What is wanted of ours. */
  bar: string;
  met: boolean;
}

/** A row for a number of which less is better. */
export function atMost(
  measure: string,
  ours: number,
  limit: number,
  peer?: number,
): Row {
  return {
    measure,
    ours: round(ours),
    ...(peer !== undefined && {
      peer: round(peer),
      // Nothing is no number of times better.
      ...(ours > 0 && { ratio: round(peer / ours) }),
    }),
    bar: `<= ${limit}`,
    met: ours <= limit,
  };
}

/** A row for a number of which more is better, compared with the peer's. */
export function atLeast(
  measure: string,
  ours: number,
  peer: number,
  timesOfPeer: number,
): Row {
  return {
    measure,
    ours: round(ours),
    peer: round(peer),
    ratio: round(ours / peer),
    bar: `>= ${timesOfPeer} times the peer's`,
    met: ours >= timesOfPeer * peer,
  };
}

function round(value: number): number {
  return value < 10 ? Math.round(value * 100) / 100 : Math.round(value);
}
