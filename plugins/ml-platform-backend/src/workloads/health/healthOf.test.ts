import { readFileSync } from 'node:fs';
import path from 'node:path';
import { healthReasonSchema } from '@internal/plugin-ml-platform-common';
import { healthOf } from './healthOf';

const PAGE = path.join(__dirname, '../../../../../docs/health-reasons.md');

describe('healthOf', () => {
  it('derives the states that the documentation lists for every code', () => {
    const rows = [
      ...readFileSync(PAGE, 'utf8').matchAll(/^\| `([^`]+)` +\| (\w+)/gm),
    ].map(([, code, state]) => [code, state]);

    expect(rows).toEqual(
      healthReasonSchema.shape.code.options.map(code => [
        code,
        healthOf([{ code, text: '' }]).state,
      ]),
    );
  });

  it('merges equal reasons, with their number and the earliest time', () => {
    const reason = { code: 'crash-loop' as const, text: 'It crashes.' };
    expect(
      healthOf([
        { ...reason, since: '2026-11-20T10:00:00Z' },
        { code: 'starting', text: 'It starts.' },
        { ...reason, count: 2, since: '2026-11-20T09:00:00Z' },
      ]),
    ).toEqual({
      state: 'degraded',
      reasons: [
        { ...reason, count: 3, since: '2026-11-20T09:00:00Z' },
        { code: 'starting', text: 'It starts.' },
      ],
    });
  });
});
