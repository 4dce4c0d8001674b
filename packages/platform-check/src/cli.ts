import path from 'node:path';
import { parseArgs } from 'node:util';
import { checkRepository } from './checkRepository';
import { terminalReport } from './terminal';

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      base: { type: 'string' },
      repository: { type: 'string', default: '.' },
      root: { type: 'string', default: 'infra' },
    },
  });
  const report = await checkRepository({
    repository: path.resolve(values.repository),
    rootDirectory: values.root,
    base: values.base ?? 'origin/main',
  });
  console.log(terminalReport(report));
  return report.sections.some(({ checks }) =>
    checks.some(({ status }) => status === 'failed'),
  )
    ? 1
    : 0;
}

main().then(
  code => {
    process.exitCode = code;
  },
  error => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  },
);
