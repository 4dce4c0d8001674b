import { randomUUID } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { z } from 'zod/v3';

/** Errors that we, or the services we call, wrote for people. */
const FOR_PEOPLE = new Set([
  'ConflictError',
  'InputError',
  'NotAllowedError',
  'NotFoundError',
  'NotImplementedError',
  'ServiceUnavailableError',
]);

/**
 * Runs the body of an action. Everything that it throws reaches the task's log and page, so a fault of ours is logged
 * for operators and replaced by a sentence; file system errors, for one, are full of absolute paths.
 */
export async function guardErrors(
  logger: LoggerService,
  body: () => Promise<void>,
): Promise<void> {
  try {
    await body();
  } catch (error) {
    if (error instanceof Error && FOR_PEOPLE.has(error.name)) {
      throw error;
    }
    const reference = randomUUID().slice(0, 8);
    logger.error(`Scaffolder action failed, reference ${reference}`, {
      error: error instanceof Error ? error.stack ?? error.message : `${error}`,
    });
    throw new Error(
      `The portal failed to do this. Try again; if it fails again, tell the platform team the reference ${reference}.`,
    );
  }
}

/**
 * Parses an action's input. The scaffolder makes a JSON Schema of the action's schema and passes the raw input on:
 * defaults and stricter rules take effect here only.
 */
export function parseInput<T extends z.ZodTypeAny>(
  schema: (zod: typeof z) => T,
  input: unknown,
): z.output<T> {
  const result = schema(z).safeParse(input);
  if (!result.success) {
    const [{ path, message }] = result.error.issues;
    throw new InputError(
      `Input "${path.join('.')}" of this step is not right: ${message}`,
    );
  }
  return result.data;
}
