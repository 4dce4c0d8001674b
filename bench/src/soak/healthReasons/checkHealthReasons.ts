import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatReport } from './formatReport';
import { runScenarios } from './runScenarios';

/**
 * Reproduces the scenarios on a real platform, and writes a report.
 *
 * @returns a summary with the path of the report.
 * @throws if the portal did not show the expected health of every scenario.
 */
export async function checkHealthReasons(options: {
  minutes?: number;
  /** Names of scenarios. Default: all. */
  scenarios?: string[];
}): Promise<string> {
  const results = await runScenarios({ ...options, log: console.log });
  const file = join(tmpdir(), 'soak-health-reasons.md');
  await writeFile(file, formatReport(results));
  const passed = results.filter(({ seconds }) => seconds !== undefined).length;
  const summary = `${passed} of ${results.length} scenarios ended as expected (${file})`;
  if (passed < results.length) {
    throw new Error(summary);
  }
  return summary;
}
