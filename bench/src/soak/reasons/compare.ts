import type { Health } from '@internal/plugin-ml-platform-common';
import type { Row } from './rowSchema';

const PLACEHOLDERS: Record<string, string> = {
  time: '\\d{1,2} \\w{3,4} \\d{4}, \\d\\d:\\d\\d UTC',
  id: '[a-z0-9]+(?:-[a-z0-9]+)*',
  iso: '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ',
};

/** Returns true when the portal says exactly what the row expects: state, sentences, code of the first, and times. */
export function isAsExpected(row: Row, health: Health | undefined): boolean {
  return (
    health !== undefined &&
    health.state === row.state &&
    health.reasons.length === row.says.length &&
    health.reasons[0]?.code === row.code &&
    health.reasons.every(({ text }, index) =>
      toPattern(row.says[index]).test(text),
    ) &&
    health.reasons.filter(({ since }) => since === undefined).length ===
      row.timeless
  );
}

function toPattern(sentence: string): RegExp {
  const escaped = sentence.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(
    `^${escaped.replace(
      /<(time|id|iso)>/g,
      (_, name: string) => PLACEHOLDERS[name],
    )}$`,
  );
}
