import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { report } from './report';
import { runReasons } from './runReasons';

/**
 * Causes every reason of health of the table, and writes what the portal said to a file.
 *
 * @throws if the portal did not say what the table expects.
 */
export async function soakReasons(options: {
  minutes?: number;
  /** Default: all rows. */
  rows?: string[];
}): Promise<string> {
  const results = await runReasons({ ...options, log: console.log });
  const file = join(tmpdir(), 'soak-reasons.md');
  await writeFile(file, report(results));
  const ok = results.filter(({ seconds }) => seconds !== undefined).length;
  const summary = `${ok} of ${results.length} rows are as in the table (${file})`;
  if (ok < results.length) {
    throw new Error(summary);
  }
  return summary;
}
