import { InputError } from '@backstage/errors';
import { z } from 'zod';

const LABEL =
  /^(?<key>(?:[a-z0-9.-]{1,253}\/)?[A-Za-z0-9._-]{1,63})={1,2}(?<value>[A-Za-z0-9._-]{0,63})$/;

const nameSchema = z.string().regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/);

/** A commit: what Git and Argo CD record, never an expression. */
const revisionSchema = z.string().regex(/^[0-9a-f]{40}$/);

/** @throws InputError when it cannot be the name of an Application. */
export function parseName(input: string): string {
  return parse(nameSchema, input, 'the name of an Application');
}

/** @throws InputError when it is not the full id of a commit. */
export function parseRevision(input: string): string {
  return parse(revisionSchema, input, 'the full id of a commit');
}

/**
 * Labels of a selector such as `ml-platform.io/team=app-ml-team,ml-platform.io/workload=scorer`.
 *
 * @throws InputError for anything but equality.
 */
export function parseSelector(selector: string): Record<string, string> {
  return Object.fromEntries(
    selector.split(',').map(requirement => {
      const groups = LABEL.exec(requirement.trim())?.groups;
      if (!groups) {
        throw new InputError(
          'The selector is not a list of label=value, separated by commas',
        );
      }
      return [groups.key, groups.value];
    }),
  );
}

function parse(schema: z.ZodType<string>, input: string, what: string): string {
  const { success, data } = schema.safeParse(input);
  if (!success) {
    throw new InputError(`This is not ${what}`);
  }
  return data;
}
