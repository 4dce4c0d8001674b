import { healthReasonSchema } from '@internal/plugin-ml-platform-common';
import { readScenarios } from './readScenarios';

describe('scenarios of health reasons', () => {
  it('cover every code, and have unique names', async () => {
    const { scenarios, notReproduced } = await readScenarios();
    const codes = new Set(scenarios.map(({ code }) => code));

    expect(
      healthReasonSchema.shape.code.options.filter(code => !codes.has(code)),
    ).toEqual([]);
    expect(new Set(scenarios.map(({ name }) => name)).size).toBe(
      scenarios.length,
    );
    expect(notReproduced.length).toBeGreaterThan(0);
  });

  it('expect a time for nearly every reason', async () => {
    const { scenarios } = await readScenarios();

    expect(
      scenarios.filter(({ withoutTime }) => withoutTime > 0).length,
    ).toBeLessThan(scenarios.length / 5);
  });
});
