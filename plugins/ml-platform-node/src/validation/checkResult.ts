import type { CheckResult } from '@internal/plugin-ml-platform-common';

export type CheckMessage = CheckResult['messages'][number];

/** Creates the result of a check: failed with messages, else passed. */
export function checkResult(
  id: string,
  title: string,
  messages: CheckMessage[],
): CheckResult {
  return {
    id,
    title,
    status: messages.length > 0 ? 'failed' : 'passed',
    messages,
  };
}

export function skippedCheck(
  id: string,
  title: string,
  why: string,
): CheckResult {
  return { id, title, status: 'skipped', messages: [{ text: why }] };
}
