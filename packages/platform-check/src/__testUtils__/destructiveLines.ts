import type { DestructiveChange } from '@internal/plugin-ml-platform-common';

/** Lines of the form `code environments → approvers: path: text`. */
export function destructiveLines(changes: DestructiveChange[]): string[] {
  return changes.map(
    ({ code, environments, approvers, path: file, text }) =>
      `${code} ${environments.join(',')} → ${approvers.join(
        ',',
      )}: ${file}: ${text}`,
  );
}
