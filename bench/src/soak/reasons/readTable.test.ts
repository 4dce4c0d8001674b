import { healthReasonSchema } from '@internal/plugin-ml-platform-common';
import { readTable } from './readTable';

describe('table of reasons', () => {
  it('has rows for every code, each with a name of its own', async () => {
    const { rows, notCaused } = await readTable();
    const codes = new Set(rows.map(({ code }) => code));

    expect(
      healthReasonSchema.shape.code.options.filter(code => !codes.has(code)),
    ).toEqual([]);
    expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
    expect(notCaused.length).toBeGreaterThan(0);
  });

  it('names a time for every reason but a few', async () => {
    const { rows } = await readTable();

    expect(rows.filter(({ timeless }) => timeless > 0).length).toBeLessThan(
      rows.length / 5,
    );
  });
});
