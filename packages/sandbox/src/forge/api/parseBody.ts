import type { Request } from 'express';
import type { z } from 'zod';
import { ForgeError } from '../ForgeError';

/** Parses the body of a request. @throws ForgeError 422 with the first invalid field. */
export function parseBody<T>(schema: z.ZodType<T>, request: Request): T {
  const result = schema.safeParse(request.body);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new ForgeError(422, `[${issue.path.join('.')}]: ${issue.message}`);
  }
  return result.data;
}
