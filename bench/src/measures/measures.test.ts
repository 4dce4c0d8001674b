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
    const types = Object.fromEntries(
      Object.entries(row).map(([key, value]) => [key, typeof value]),
    );
    expect({ peer: 'number', ratio: 'number', ...types }).toEqual({
      measure: 'string',
      ours: 'number',
      peer: 'number',
      ratio: 'number',
      bar: 'string',
      met: 'boolean',
    });
    expect(Number.isFinite(row.ours)).toBe(true);
  }
});
