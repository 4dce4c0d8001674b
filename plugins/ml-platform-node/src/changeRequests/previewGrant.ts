import { z } from 'zod';
import { parseJson } from '../json/parseJson';

/**
 * Name of the task secret that carries a preview grant. Believe it only in a dry run that the plugin `ml-platform` itself
 * started: see docs/decisions/0047-one-decision-on-change-requests.md.
 */
export const PREVIEW_GRANT_SECRET = 'mlPlatformPreviewGrant';

const previewGrantSchema = z.object({
  /** Entity reference of the person. */
  requester: z.string(),
  /** Name of the team that the person may request changes for. */
  team: z.string().optional(),
  /** Name of the group that the person may request a team for. */
  group: z.string().optional(),
});

/** The preview route's decision about what a person may request. */
export type PreviewGrant = z.infer<typeof previewGrantSchema>;

export function formatPreviewGrant(grant: PreviewGrant): string {
  return JSON.stringify(grant);
}

/** @returns undefined when the text is no grant. */
export function parsePreviewGrant(
  text: string | undefined,
): PreviewGrant | undefined {
  return previewGrantSchema.safeParse(parseJson(text ?? '')).data;
}
