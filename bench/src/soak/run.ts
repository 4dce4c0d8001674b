/**
 * Runs `yarn soak [--minutes=10] [--scenarios=a,b] [name…]`: tests that take too long for `npm test`.
 */
import { followRealCluster } from './followRealCluster';
import { killBackend } from './killBackend';
import { killConnections } from './killConnections';
import { fullScale } from '../Scale';
import { overload } from './overload';
import { checkHealthReasons } from './healthReasons/checkHealthReasons';
import { storm } from './storm';

const DEFAULT_MINUTES = 10;
const MAX_P99_MS = 5_000;
const REPORTS = 3_000;
const DATABASE_SECONDS = 60;

const minutes = option('minutes');

const soaks: Record<string, () => Promise<string>> = {
  storm: async () => {
    const { events, p99Ms } = await storm({
      size: { ...fullScale.fixture, reports: 0 },
      eventsPerSecond: 5_000,
      seconds: 60,
    });
    const summary = `${events} events served, p99 ${Math.round(p99Ms)} ms`;
    if (p99Ms > MAX_P99_MS) {
      throw new Error(summary);
    }
    return summary;
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
  kills: killBackend,
  'health-reasons': () =>
    checkHealthReasons({
      ...(minutes !== undefined && { minutes: Number(minutes) }),
      scenarios: option('scenarios')?.split(','),
    }),
  real: async () => {
    const { changes, events, relists, types } = await followRealCluster(
      Number(minutes ?? DEFAULT_MINUTES),
    );
    return `${changes} changes made, ${events} events followed, ${relists} relists; equal in ${types} types`;
  },
};

/** Value of an option `--name=value`. */
function option(name: string): string | undefined {
  const prefix = `--${name}=`;
  return process.argv
    .find(argument => argument.startsWith(prefix))
    ?.slice(prefix.length);
}

async function main() {
  const names = process.argv.slice(2).filter(each => !each.startsWith('--'));
  const unknown = names.find(name => !soaks[name]);
  if (unknown) {
    throw new Error(
      `Unknown soak test ${unknown}. Available: ${Object.keys(soaks).join(
        ', ',
      )}`,
    );
  }
  for (const [name, soak] of Object.entries(soaks)) {
    if (names.length === 0 || names.includes(name)) {
      console.log(`${name}: ${await soak()}`);
    }
  }
}

// The exit of this process stops its platform.
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

main().catch(error => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
