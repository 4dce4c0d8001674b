import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runLogged } from './children.mjs';
import { logsDirectory, root } from './directories.mjs';
import { fingerprint } from './fingerprint.mjs';
import { step } from './report.mjs';
import { stamp } from './stamp.mjs';

/** The directories of all workspaces, relative to the checkout. */
export function workspaceDirectories() {
  const { workspaces } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  return workspaces.flatMap(pattern =>
    pattern.endsWith('/*')
      ? readdirSync(join(root, dirname(pattern))).map(
          name => `${dirname(pattern)}/${name}`,
        )
      : [pattern],
  );
}

/** Installs the packages of the lock file, unless the last installation had the same inputs. */
export async function ensureDependencies({ node, yarn, environment }) {
  const inputs = fingerprint([
    'yarn.lock',
    '.yarnrc.yml',
    'package.json',
    ...workspaceDirectories().map(directory => `${directory}/package.json`),
  ]);
  const installed = stamp('dependencies');
  const present = existsSync(join(root, 'node_modules', '.yarn-state.yml'));
  if (present && installed.matches(inputs)) {
    return;
  }
  await step(
    {
      title: 'Installing the packages',
      usually: '1 to 5 minutes, or seconds after small changes',
    },
    () =>
      runLogged(node, [yarn, 'install', '--immutable'], {
        env: environment,
        logFile: join(logsDirectory, 'install.log'),
        hint: 'Yarn does not read .npmrc: set YARN_NPM_REGISTRY_SERVER to use another registry, and NODE_EXTRA_CA_CERTS to trust its certificate authority.',
      }),
  );
  installed.write(inputs);
}
