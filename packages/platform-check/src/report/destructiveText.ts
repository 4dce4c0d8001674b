import type { DestructiveChange } from '@internal/plugin-ml-platform-common';

export const DESTRUCTIVE_TITLE =
  'This change destroys something, or weakens a guard';

/** Describes a destructive change in one line, with its environments and who must agree. */
export function destructiveText({
  text,
  environments,
  approvers,
}: DestructiveChange): string {
  const where = environments.length > 0 ? ` (${environments.join(', ')})` : '';
  return `${text}${where} To be agreed by ${approvers.join(' and ')}.`;
}
