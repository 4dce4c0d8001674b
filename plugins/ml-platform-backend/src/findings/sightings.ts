import { z } from 'zod';

/** Times at which a team's image was seen with findings, in seconds since 1970. */
export interface Sightings {
  /** By vulnerability and package: first time of each current finding. */
  seen: Map<string, number>;
  /** First and last time of findings that the image no longer has. */
  gone: Map<string, [first: number, last: number]>;
  /** Time at which the image was last seen to run. */
  lastSeen: number;
}

const storedSchema = z.object({
  seen: z.record(z.string(), z.array(z.string())).default({}),
  gone: z.record(z.string(), z.tuple([z.number(), z.number()])).default({}),
});

/** Groups findings by time: most of an image's findings have the time of its first scan. */
export function stringifySightings({ seen, gone }: Sightings): string {
  const byTime: Record<string, string[]> = {};
  for (const [key, time] of seen) {
    (byTime[time] ??= []).push(key);
  }
  return JSON.stringify({ seen: byTime, gone: Object.fromEntries(gone) });
}

export function parseSightings(text: string, lastSeen: number): Sightings {
  const { seen, gone } = storedSchema.parse(JSON.parse(text));
  return {
    seen: new Map(
      Object.entries(seen).flatMap(([time, keys]) =>
        keys.map(key => [key, Number(time)] as const),
      ),
    ),
    gone: new Map(Object.entries(gone)),
    lastSeen,
  };
}

/**
 * Merges a sighting of an image with the stored ones. A finding that returns keeps its first time.
 *
 * @param options.newSince - first time of findings that were never seen before.
 * @param options.forgetBefore - findings that were last seen before this time are dropped.
 */
export function withSighting(
  stored: Sightings | undefined,
  options: {
    keys: string[];
    newSince: number;
    now: number;
    forgetBefore: number;
  },
): { sightings: Sightings; isChanged: boolean } {
  const { keys, newSince, now, forgetBefore } = options;
  const seen = new Map<string, number>();
  const gone = new Map(stored?.gone);
  for (const key of keys) {
    seen.set(key, stored?.seen.get(key) ?? gone.get(key)?.[0] ?? newSince);
    gone.delete(key);
  }
  for (const [key, first] of stored?.seen ?? []) {
    if (!seen.has(key)) {
      gone.set(key, [first, stored?.lastSeen ?? first]);
    }
  }
  for (const [key, [, last]] of gone) {
    if (last < forgetBefore) {
      gone.delete(key);
    }
  }
  return {
    sightings: { seen, gone, lastSeen: now },
    isChanged:
      !stored ||
      gone.size !== stored.gone.size ||
      [...seen.keys()].some(key => !stored.seen.has(key)) ||
      seen.size !== stored.seen.size,
  };
}
