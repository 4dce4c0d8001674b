import { z } from 'zod';

/** Modes of forms that are opened for an existing workload, with its values. */
const EXISTING_MODES = ['edit', 'upgrade', 'remove'] as const;
export type ExistingMode = (typeof EXISTING_MODES)[number];

const text = z.string().min(1).optional().catch(undefined);

const requestValuesSchema = z.object({
  team: text,
  /** Name of the group that owns the team; only in forms that request a team. */
  group: text,
  name: text,
  mode: text,
  environment: text,
});
export type RequestValues = z.infer<typeof requestValuesSchema>;

/** Reads the fields that name a change request's target from the values of a form, of which all may be missing. */
export function requestValues(formData: unknown): RequestValues {
  return requestValuesSchema.parse(Object(formData));
}

/** @returns undefined for a new workload, and for templates without modes. */
export function existingMode({
  mode,
}: RequestValues): ExistingMode | undefined {
  return EXISTING_MODES.find(existing => existing === mode);
}
