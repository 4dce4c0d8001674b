import { z } from 'zod';

/** Since when a team's image has which findings. Times are seconds since 1970. */
export interface Sightings {
  /** By vulnerability and package: when it was first seen. */
  seen: Map<string, number>;
  /** What it has no more: when it was first and last seen. */
  gone: Map<string, [first: number, last: number]>;
  /** When the image was last seen to run. */
  lastSeen: number;
}

const storedSchema = z.object({
  seen: z.record(z.string(), z.array(z.string())).default({}),
  gone: z.record(z.string(), z.tuple([z.number(), z.number()])).default({}),
});

/** Most findings of an image came with its first scan, so that few times are written once each. */
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
 * What is known after an image was seen with these findings. What comes back is not new.
 *
 * @param options.newSince - when a finding that was never seen counts as first seen.
 * @param options.forgetBefore - findings that were last seen before are forgotten.
 */
export function withSighting(
  known: Sightings | undefined,
  options: {
    keys: string[];
    newSince: number;
    now: number;
    forgetBefore: number;
  },
): { sightings: Sightings; isChanged: boolean } {
  const { keys, newSince, now, forgetBefore } = options;
  const seen = new Map<string, number>();
  const gone = new Map(known?.gone);
  for (const key of keys) {
    seen.set(key, known?.seen.get(key) ?? gone.get(key)?.[0] ?? newSince);
    gone.delete(key);
  }
  for (const [key, first] of known?.seen ?? []) {
    if (!seen.has(key)) {
      gone.set(key, [first, known?.lastSeen ?? first]);
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
      !known ||
      gone.size !== known.gone.size ||
      [...seen.keys()].some(key => !known.seen.has(key)) ||
      seen.size !== known.seen.size,
  };
}
