import type { ScenarioResult } from './pollPortal';

/** The result of a run as Markdown. */
export function formatReport(results: ScenarioResult[]): string {
  const ok = results.filter(({ seconds }) => seconds !== undefined);
  const failed = results.filter(({ seconds }) => seconds === undefined);
  const lines = ok.map(
    ({ scenario, seconds }) =>
      `| ${scenario.name} | ${scenario.code ?? ''} | ${
        scenario.causedBy
      } | ${seconds} |`,
  );
  return [
    `${ok.length} of ${results.length} scenarios ended as expected.`,
    '',
    '| Scenario | Code | Caused by | After (s) |',
    '| --- | --- | --- | ---: |',
    ...lines,
    ...failed.flatMap(({ scenario, health, problem }) => [
      '',
      `## ${scenario.name}`,
      '',
      `Expected: ${scenario.state}, ${JSON.stringify(scenario.texts)}`,
      '',
      `Actual: ${JSON.stringify(health)}`,
      ...(problem ? ['', `Problem: ${problem}`] : []),
    ]),
    '',
  ].join('\n');
}
