import type { Request } from 'express';
import type { z } from 'zod';
import { ForgeError } from '../ForgeError';

/**
 * Parses the body of a request.
 *
 * @throws ForgeError 422 with the first invalid field, as Gitea writes it: `[Title]: Required`.
 */
export function parseBody<T>(schema: z.ZodType<T>, request: Request): T {
  const result = schema.safeParse(request.body);
  if (!result.success) {
    const [{ path, message }] = result.error.issues;
    // Gitea names the field of the Go struct.
    const field = path
      .join('.')
      .replace(/^[a-z]/, letter => letter.toUpperCase());
    throw new ForgeError(422, `[${field}]: ${message}`);
  }
  return result.data;
}
