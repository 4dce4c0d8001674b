import type {
  CheckResult,
  DestructiveChange,
} from '@internal/plugin-ml-platform-common';
import { checkResult } from '@internal/plugin-ml-platform-node';

/**
 * Checks that the user has typed the name of what the change destroys, where the template asks for it. A step has no key for a
 * field that is empty, so that the name is missing then.
 */
export function confirmationCheck(
  {
    confirmation,
    workload,
    team,
  }: { confirmation?: { name?: string }; workload?: string; team: string },
  destructive: DestructiveChange[],
): CheckResult[] {
  if (confirmation === undefined) {
    return [];
  }
  const name = workload ?? team;
  const effects = destructive.map(({ text }) => text);
  return [
    checkResult(
      'confirmation',
      'Confirmed by name',
      confirmation.name === name
        ? []
        : [
            {
              subject: 'confirmation',
              text: `Type ${name} in the field that asks for its name, to confirm: ${effects.join(
                ' ',
              )}`,
            },
          ],
    ),
  ];
}
