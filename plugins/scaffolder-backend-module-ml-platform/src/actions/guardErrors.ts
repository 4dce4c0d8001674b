import { randomUUID } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { diskFull } from '@internal/plugin-ml-platform-node';
import { z } from 'zod/v3';

/** Names of errors whose messages are meant for users. */
const USER_FACING_ERRORS = new Set([
  'ConflictError',
  'InputError',
  'NotAllowedError',
  'NotFoundError',
  'NotImplementedError',
  'ServiceUnavailableError',
]);

/**
 * Runs the body of an action. Its errors are shown on the task page, so unexpected ones, which can contain for example
 * absolute paths, are logged and replaced by a message with a reference.
 */
export async function guardErrors(
  logger: LoggerService,
  body: () => Promise<void>,
): Promise<void> {
  try {
    await body();
  } catch (error) {
    if (error instanceof Error && USER_FACING_ERRORS.has(error.name)) {
      throw error;
    }
    if (Object(error).code === 'ENOSPC') {
      throw diskFull();
    }
    const reference = randomUUID().slice(0, 8);
    logger.error(`Scaffolder action failed, reference ${reference}`, {
      error: error instanceof Error ? error.stack ?? error.message : `${error}`,
    });
    throw new Error(
      `Something went wrong in the portal. Try again; if it keeps failing, give the platform team the reference ${reference}.`,
    );
  }
}

/**
 * Parses an action's input. The scaffolder validates against a JSON Schema made from the action's schema and passes on the
 * raw input, so defaults and stricter rules take effect only here.
 */
export function parseInput<T extends z.ZodTypeAny>(
  schema: (zod: typeof z) => T,
  input: unknown,
): z.output<T> {
  const result = schema(z).safeParse(input);
  if (!result.success) {
    const [{ path, message }] = result.error.issues;
    throw new InputError(
      `Input "${path.join('.')}" of this step is invalid: ${message}`,
    );
  }
  return result.data;
}
