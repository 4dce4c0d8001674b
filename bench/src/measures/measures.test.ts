import type { Scale } from '../Scale';
import { measures } from './index';

jest.setTimeout(120_000);

/** Enough for every measure to have something to measure. */
const tiny: Scale = {
  fixture: { namespaces: 3, pods: 120, reports: 30, applications: 3 },
  peerReports: 30,
  growth: [120, 240],
  seconds: 1,
  samples: 40,
};

// One that is made of what the others are made of, and starts two more backends.
const { 'route-growth': _, ...tested } = measures;

// The code of the bench, not what it measures: times depend on the machine.
it.each(Object.entries(tested))('measures %s', async (_name, measure) => {
  const rows = await measure(tiny);
  expect(rows.length).toBeGreaterThan(2);
  for (const row of rows) {
    expect(row).toEqual({
      measure: expect.any(String),
      ours: expect.any(Number),
      ...('peer' in row && { peer: expect.any(Number) }),
      ...('ratio' in row && { ratio: expect.any(Number) }),
      bar: expect.any(String),
      met: expect.any(Boolean),
    });
    expect(Number.isFinite(row.ours)).toBe(true);
  }
});
