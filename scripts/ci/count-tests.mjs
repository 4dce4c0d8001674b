// Prints "passed failed skipped" of a jest or Playwright JSON report; fails if no test ran.
import { readFileSync } from 'node:fs';

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const counts = report.stats
  ? [
      report.stats.expected + report.stats.flaky,
      report.stats.unexpected,
      report.stats.skipped,
    ]
  : [
      report.numPassedTests,
      report.numFailedTests + report.numRuntimeErrorTestSuites,
      report.numPendingTests + report.numTodoTests,
    ];
if (counts[0] + counts[1] === 0) {
  throw new Error(`${process.argv[2]} reports no test that ran`);
}
process.stdout.write(`${counts.join(' ')}\n`);
