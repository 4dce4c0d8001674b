import { join } from 'node:path';
import { cached } from '../cache';
import { terraformDirectory } from '../paths';
import type { Report } from '../Report';
import { isOnPath, run, runOrThrow } from '../run';

const VERSION = '3.3.30';

/** Finds insecure settings with checkov. Exceptions and their reasons are in .checkov.yaml. */
export async function checkCheckov(report: Report): Promise<void> {
  if (!(await isOnPath('python3'))) {
    report.skip('checkov', 'python3, which runs it, is not installed');
    return;
  }
  let directory: string;
  try {
    // Not a virtual environment, which could not be renamed.
    directory = await cached(`checkov-${VERSION}`, async destination => {
      await runOrThrow('python3', [
        '-m',
        'pip',
        'install',
        '--quiet',
        '--disable-pip-version-check',
        `--target=${destination}`,
        `checkov==${VERSION}`,
      ]);
    });
  } catch (error) {
    report.skip('checkov', `the installation failed: ${error}`);
    return;
  }
  const { code, output, errors } = await run(
    'python3',
    [
      join(directory, 'bin/checkov'),
      '--config-file',
      join(terraformDirectory, '.checkov.yaml'),
      '--directory',
      '.',
    ],
    {
      directory: terraformDirectory,
      environment: {
        CKV_SKIP_PACKAGE_UPDATE_CHECK: 'true',
        PYTHONPATH: directory,
      },
    },
  );
  report.judge('checkov', code === 0 ? [] : [output + errors]);
}
