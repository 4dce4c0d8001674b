import { nextStart } from './cronSchedule';
import { scheduleAdvice } from './scheduleAdvice';

describe('nextStart', () => {
  it.each([
    ['0 3 * * *', undefined, '2026-11-28T17:00:00Z', '2026-11-29T03:00:00Z'],
    ['*/15 * * * *', 'UTC', '2026-11-28T17:07:00Z', '2026-11-28T17:15:00Z'],
    [
      '0 3 * * *',
      'Asia/Kolkata',
      '2026-11-28T17:00:00Z',
      '2026-11-28T21:30:00Z',
    ],
    [
      'TZ=Europe/Berlin 30 9 * * MON-FRI',
      'Europe/Berlin',
      '2026-11-28T00:00:00Z',
      '2026-11-30T08:30:00Z',
    ],
    ['@monthly', undefined, '2026-11-28T00:00:00Z', '2026-12-01T00:00:00Z'],
    ['0 0 29 2 *', undefined, '2026-11-28T00:00:00Z', '2028-02-29T00:00:00Z'],
    // Either of two restricted days is enough.
    ['0 0 13 * FRI', undefined, '2026-11-28T00:00:00Z', '2026-12-04T00:00:00Z'],
    ['0 0 30 2 *', undefined, '2026-11-28T00:00:00Z', undefined],
    ['0 0 L * *', undefined, '2026-11-28T00:00:00Z', undefined],
    ['0 25 * * *', undefined, '2026-11-28T00:00:00Z', undefined],
  ])('%s in %s after %s', (schedule, zone, after, expected) => {
    expect(nextStart(schedule, zone, Date.parse(after))).toBe(
      expected && Date.parse(expected),
    );
  });
});

it('advises on schedules that do not parse, or never come', () => {
  expect(
    ['0 0 29 2 *', '0 0 31 2,4 *', '0 25 * * *'].map(scheduleAdvice),
  ).toEqual([
    undefined,
    expect.stringMatching(/^schedule "0 0 31 2,4 \*" never comes/),
    expect.stringMatching(/is not valid: end of range \(25\)/),
  ]);
});
