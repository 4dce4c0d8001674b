/**
 * Implements `yarn soak [--minutes=10] [name…]`: tests that take too long for `npm test`. The option sets the duration of `real`.
 */
import { verifyRealCluster } from './verifyRealCluster';
import { killConnections } from './killConnections';
import { fullScale } from '../Scale';
import { overload } from './overload';
import { storm } from './storm';

const DEFAULT_MINUTES = 10;
const MAX_P99_MS = 5_000;
/** Reports of 1 MB each. */
const REPORTS = 3_000;
const DATABASE_SECONDS = 60;

const minutes = process.argv
  .map(argument => /^--minutes=(.+)$/.exec(argument)?.[1])
  .find(value => value !== undefined);

const soaks: Record<string, () => Promise<string>> = {
  storm: async () => {
    const { events, p99Ms } = await storm({
      size: { ...fullScale.fixture, reports: 0 },
      eventsPerSecond: 5_000,
      seconds: 60,
    });
    const result = `${events} events processed, p99 delay ${Math.round(
      p99Ms,
    )} ms`;
    if (p99Ms > MAX_P99_MS) {
      throw new Error(result);
    }
    return result;
  },
  overload: async () => {
    const { seconds, peakMb } = await overload({
      reports: REPORTS,
      heapMb: 1024,
    });
    return `${REPORTS} reports of a megabyte read in ${Math.round(
      seconds,
    )} s, at most ${Math.round(peakMb)} MB over idle`;
  },
  database: () => killConnections(DATABASE_SECONDS),
  real: async () => {
    const { changes, events, relists, types } = await verifyRealCluster(
      Number(minutes ?? DEFAULT_MINUTES),
    );
    return `${changes} changes, ${events} events received, ${relists} relists; ${types} types are equal to the server`;
  },
};

async function main() {
  const selected = process.argv
    .slice(2)
    .filter(argument => !argument.startsWith('--'));
  const unknown = selected.find(name => !soaks[name]);
  if (unknown) {
    throw new Error(
      `Unknown soak test "${unknown}". Available: ${Object.keys(soaks).join(
        ', ',
      )}`,
    );
  }
  for (const [name, soak] of Object.entries(soaks)) {
    if (selected.length === 0 || selected.includes(name)) {
      console.log(`${name}: ${await soak()}`);
    }
  }
}

// The real platform stops with this process, which must therefore exit on signals.
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

main().catch(error => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
