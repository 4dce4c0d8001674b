import type { Scale } from '../Scale';
import { measures } from './index';

/** The smallest scale at which every measurement works: reports of three services, one in each environment. */
const tiny: Scale = {
  fixture: { namespaces: 3, pods: 120, reports: 100, applications: 3 },
  peerReports: 30,
  growth: [120, 240],
  seconds: 1,
  samples: 40,
  proposals: { sequential: 2, concurrent: 3 },
};

// Left out: its code is shared with the others, and it would start two more backends.
const { 'route-growth': _, ...tested } = measures;

// Checks the code, but not the results, which depend on the machine.
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
      target: 'string',
      met: 'boolean',
    });
    expect(Number.isFinite(row.ours)).toBe(true);
  }
});
