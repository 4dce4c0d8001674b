import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { parseJson } from '../json/parseJson';

const trailerSchema = z.object({
  /** Equal for the same template, target, requester and content. */
  id: z.string(),
  /** Entity reference. */
  template: z.string(),
  team: z.string(),
  /** Absent for a request for the team itself. */
  workload: z.string().optional(),
  /** Absent for a request for the workload as a whole. */
  environment: z.string().optional(),
  /** Present in a request for a run, or a sweep of runs, in the environment. */
  run: z.string().optional(),
  /** Entity reference of the person. */
  requester: z.string(),
  /** `digest` of the validation report. */
  digest: z.string(),
  /** `mlPlatform.repository.url`. */
  repository: z.string(),
  branch: z.string(),
  /** Commit that the portal pushed; its id covers all of its content. */
  commit: z.string(),
});

/** Data of the portal at the end of a pull request's description. */
export type ChangeRequestTrailer = z.infer<typeof trailerSchema>;

const TRAILER =
  /<!-- ml-platform-change-request\n(?<json>\{[^\n]*\})\n(?:signature: (?<signature>[0-9a-f]{64})\n)?-->\s*$/;

/**
 * Formats a trailer as a Markdown comment, which the forge does not show.
 *
 * @param secret - `mlPlatform.repository.trailerSecret`; without it the trailer is not signed.
 */
export function formatTrailer(
  trailer: ChangeRequestTrailer,
  secret: string | undefined,
): string {
  // A comment ends at the first `-->`.
  const json = JSON.stringify(trailerSchema.parse(trailer)).replace(
    />/g,
    '\\u003e',
  );
  const lines = ['<!-- ml-platform-change-request', json];
  if (secret !== undefined) {
    lines.push(`signature: ${sign(json, secret).toString('hex')}`);
  }
  return [...lines, '-->'].join('\n');
}

/**
 * Reads the trailer at the end of a pull request's description.
 *
 * @returns undefined without a trailer. `signed` is true when the portal's signature is valid, and always false without a
 * secret. Anybody can copy a signed trailer: see `readProvenance`.
 */
export function parseTrailer(
  body: string,
  secret: string | undefined,
): { trailer: ChangeRequestTrailer; signed: boolean } | undefined {
  const groups = TRAILER.exec(body.replaceAll('\r\n', '\n'))?.groups;
  if (!groups) {
    return undefined;
  }
  const parsed = trailerSchema.safeParse(parseJson(groups.json));
  if (!parsed.success) {
    return undefined;
  }
  const signed =
    secret !== undefined &&
    groups.signature !== undefined &&
    timingSafeEqual(
      Buffer.from(groups.signature, 'hex'),
      sign(groups.json, secret),
    );
  return { trailer: parsed.data, signed };
}

function sign(json: string, secret: string): Buffer {
  return createHmac('sha256', secret)
    .update('ml-platform-change-request 2\n')
    .update(json)
    .digest();
}
