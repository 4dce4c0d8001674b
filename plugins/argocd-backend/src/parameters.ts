import { InputError } from '@backstage/errors';
import { z } from 'zod';

const LABEL =
  /^(?<key>(?:[a-z0-9.-]{1,253}\/)?[A-Za-z0-9._-]{1,63})={1,2}(?<value>[A-Za-z0-9._-]{0,63})$/;

const nameSchema = z.string().regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/);

/** A full commit ID; revision expressions such as `HEAD~1` are refused. */
const revisionSchema = z.string().regex(/^[0-9a-f]{40}$/);

/**
 * Validates the name of an Application.
 *
 * @throws InputError when it is not a valid Kubernetes name.
 */
export function parseName(input: string): string {
  return parse(nameSchema, input, 'an Application name');
}

/**
 * Validates a commit ID.
 *
 * @throws InputError when it is not a full SHA-1.
 */
export function parseRevision(input: string): string {
  return parse(revisionSchema, input, 'a full commit ID');
}

/**
 * Parses an equality-based label selector such as `ml-platform.io/team=app-ml-team,ml-platform.io/workload=scorer`.
 *
 * @throws InputError for any other kind of selector.
 */
export function parseSelector(selector: string): Record<string, string> {
  return Object.fromEntries(
    selector.split(',').map(requirement => {
      const groups = LABEL.exec(requirement.trim())?.groups;
      if (!groups) {
        throw new InputError(
          'The selector must be a comma-separated list of label=value',
        );
      }
      return [groups.key, groups.value];
    }),
  );
}

function parse(
  schema: z.ZodType<string>,
  input: string,
  expected: string,
): string {
  const { success, data } = schema.safeParse(input);
  if (!success) {
    throw new InputError(`Must be ${expected}`);
  }
  return data;
}
