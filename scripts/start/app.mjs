import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { runLogged } from '../setup/children.mjs';
import { workspaceDirectories } from '../setup/dependencies.mjs';
import { logsDirectory, root } from '../setup/directories.mjs';
import { fingerprint } from '../setup/fingerprint.mjs';
import { step } from '../setup/report.mjs';
import { stamp } from '../setup/stamp.mjs';

const INPUTS = [
  'packages/app',
  'plugins/ml-platform',
  'plugins/ml-platform-common',
  'yarn.lock',
  // Lists the packages and extensions of the app.
  'app-config.yaml',
];

/** Builds the app, unless the last build had the same inputs. */
export async function ensureApp({ node, environment }) {
  const schemas = workspaceDirectories().map(
    directory => `${directory}/config.d.ts`,
  );
  const inputs = fingerprint([...INPUTS, ...schemas], isSource);
  const built = stamp('app');
  const present = existsSync(join(root, 'packages/app/dist/index.html'));
  if (present && built.matches(inputs)) {
    return;
  }
  await step({ title: 'Building the app', usually: '1 minute' }, () =>
    runLogged(
      node,
      [
        join(root, 'node_modules/@backstage/cli/bin/backstage-cli'),
        'package',
        'build',
      ],
      {
        cwd: join(root, 'packages/app'),
        env: environment,
        logFile: join(logsDirectory, 'app-build.log'),
      },
    ),
  );
  built.write(inputs);
}

function isSource(file) {
  return !/\.test\.tsx?$/.test(basename(file));
}
