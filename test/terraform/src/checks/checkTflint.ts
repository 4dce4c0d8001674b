import { join } from 'node:path';
import { cached } from '../cache';
import { terraformDirectory } from '../paths';
import type { Report } from '../Report';
import { isOnPath, run, runOrThrow } from '../run';

const VERSION = 'v0.64.0';

/** Lints all modules with tflint's built-in rules. Its rules for AWS are in no package registry. */
export async function checkTflint(report: Report): Promise<void> {
  if (!(await isOnPath('go'))) {
    report.skip('tflint', 'go, which builds it, is not installed');
    return;
  }
  let directory: string;
  try {
    directory = await cached(`tflint-${VERSION}`, async destination => {
      await runOrThrow(
        'go',
        ['install', `github.com/terraform-linters/tflint@${VERSION}`],
        { environment: { GOBIN: destination, GOWORK: 'off' } },
      );
    });
  } catch (error) {
    report.skip('tflint', `the build failed: ${error}`);
    return;
  }
  const { code, output, errors } = await run(
    join(directory, 'tflint'),
    [
      '--recursive',
      `--config=${join(terraformDirectory, '.tflint.hcl')}`,
      '--format=compact',
    ],
    { directory: terraformDirectory },
  );
  report.judge('tflint', code === 0 ? [] : [output + errors]);
}
