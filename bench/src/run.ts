/**
 * `yarn bench [name…] [--json]`: runs all or the named groups of `measures`, and prints a table. With `--json` the last line
 * is an array of the rows.
 */
import { cpus, loadavg } from 'node:os';
import { measures } from './measures';
import type { Row } from './Row';
import { fullScale } from './Scale';

async function main() {
  const json = process.argv.includes('--json');
  const names = process.argv
    .slice(2)
    .filter(argument => !argument.startsWith('--'));
  const unknown = names.find(name => !measures[name]);
  if (unknown) {
    throw new Error(
      `Unknown measure ${unknown}. Available: ${Object.keys(measures).join(
        ', ',
      )}`,
    );
  }
  const rows: Row[] = [];
  for (const [name, measure] of Object.entries(measures)) {
    if (names.length === 0 || names.includes(name)) {
      const [load] = loadavg();
      process.stderr.write(
        `${name}: ${cpus().length} cores, load before it ${load.toFixed(1)}\n`,
      );
      rows.push(...(await measure(fullScale)));
    }
  }
  // Rows without a peer get empty cells, so that every row has the same columns.
  console.table(
    rows.map(({ measure, ...row }) => ({
      measure,
      peer: '',
      ratio: '',
      ...row,
    })),
  );
  if (json) {
    console.log(JSON.stringify(rows));
  }
}

main().catch(error => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
