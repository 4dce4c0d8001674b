import type { BasicPermission } from '@backstage/plugin-permission-common';
import type { TeamPermission } from '@internal/plugin-ml-platform-node';
import type { z } from 'zod';

/** A route as the plugin's OpenAPI document describes it. */
export interface DocumentedRoute {
  method: 'get' | 'post';
  /** As Express writes it, for example `/teams/:team/workloads/:workload`. */
  path: string;
  /** What the answer is about, in a few words. */
  summary: string;
  /** What the caller needs; without it, everything looks as if it did not exist. Absent: to be signed in. */
  permission?: TeamPermission | BasicPermission;
  query?: z.ZodObject;
  body?: z.ZodObject;
  /** A schema for JSON; else the media type of what is streamed. */
  answer: z.ZodType | { mediaType: string };
}
