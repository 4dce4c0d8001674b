import { check } from './check';
import { Report } from './Report';

async function main(): Promise<number> {
  const started = Date.now();
  const report = new Report(console.log);
  await check(report, process.argv.slice(2));
  console.log(`Took ${Math.round((Date.now() - started) / 1000)} s`);
  console.log(report.summary());
  return report.failed ? 1 : 0;
}

main().then(
  code => {
    process.exitCode = code;
  },
  error => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
