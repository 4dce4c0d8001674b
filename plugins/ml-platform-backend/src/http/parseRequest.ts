import { InputError } from '@backstage/errors';
import { z } from 'zod';

/** @throws InputError naming what is wrong with the query, the parameters or the body. */
export function parseRequest<T>(schema: z.ZodType<T>, input: unknown): T {
  const { success, data, error } = schema.safeParse(input);
  if (!success) {
    throw new InputError(`Invalid request: ${z.prettifyError(error)}`);
  }
  return data;
}
