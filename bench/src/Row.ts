/** A row of the table: a measurement of this project (`ours`) beside the same of another implementation (`peer`). */
export interface Row {
  /** Name with the unit. */
  measure: string;
  ours: number;
  /** Absent without a peer, or if the peer failed. */
  peer?: number;
  /** Factor by which `ours` is better than `peer`. */
  ratio?: number;
  /** The requirement, for example `<= 100`. */
  target: string;
  met: boolean;
}

/** A row for a number that should be low. */
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
      // Avoids a division by zero.
      ...(ours > 0 && { ratio: round(peer / ours) }),
    }),
    target: `<= ${limit}`,
    met: ours <= limit,
  };
}

/** A row for a number that should be high, compared with the peer's. */
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
    target: `>= ${timesOfPeer} times the peer's`,
    met: ours >= timesOfPeer * peer,
  };
}

function round(value: number): number {
  return value < 10 ? Math.round(value * 100) / 100 : Math.round(value);
}
