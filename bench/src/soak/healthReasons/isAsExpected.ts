import type { Health } from '@internal/plugin-ml-platform-common';
import type { Scenario } from './scenarioSchema';

/** Patterns for the parts of texts that differ in each run. */
const PLACEHOLDERS: Record<string, string> = {
  time: '\\d{1,2} \\w{3,4} \\d{4}, \\d\\d:\\d\\d UTC',
  id: '[a-z0-9]+(?:-[a-z0-9]+)*',
  iso: '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ',
};

/** Compares the state, all texts, the code of the first reason and the number of reasons without a time. */
export function isAsExpected(
  scenario: Scenario,
  health: Health | undefined,
): boolean {
  return (
    health !== undefined &&
    health.state === scenario.state &&
    health.reasons.length === scenario.texts.length &&
    health.reasons[0]?.code === scenario.code &&
    health.reasons.every(({ text }, index) =>
      toPattern(scenario.texts[index]).test(text),
    ) &&
    health.reasons.filter(({ since }) => since === undefined).length ===
      scenario.withoutTime
  );
}

function toPattern(expected: string): RegExp {
  const escaped = expected.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(
    `^${escaped.replace(
      /<(time|id|iso)>/g,
      (_, name: string) => PLACEHOLDERS[name],
    )}$`,
  );
}
