import { z } from 'zod';
import { message, pick, text } from './projection/projector';

export const conditionSchema = z.object({
  type: z.string(),
  status: z.string(),
  reason: z.string().optional(),
  message: z.string().optional(),
  lastTransitionTime: z.string().optional(),
});
/** A condition in the status of an object. */
export type Condition = z.infer<typeof conditionSchema>;

export const conditionsSchema = z.array(conditionSchema).default([]);

export const conditionsProjector = pick({
  type: text,
  status: text,
  reason: text,
  message,
  lastTransitionTime: text,
});
