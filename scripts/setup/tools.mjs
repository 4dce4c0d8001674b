import {
  chmodSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { runLogged } from './children.mjs';
import { logsDirectory, toolsDirectory } from './directories.mjs';
import { isSuitableNode, nodePackageFor } from './nodeRuntime.mjs';
import { Problem } from './problem.mjs';
import { step } from './report.mjs';

const YARN = { name: '@yarnpkg/cli-dist', version: '4.13.0' };
const binDirectory = join(toolsDirectory, 'bin');

/** Downloads missing versions of Node and Yarn into `.tools`, and links both into `.tools/bin`. */
export async function ensureTools() {
  const node = isSuitableNode(process.versions.node)
    ? undefined
    : requireNodePackage();
  const packages = node ? [YARN, node] : [YARN];
  if (!packages.every(isInstalled)) {
    const title = node ? `Node ${node.version} and Yarn` : 'Yarn';
    await step(
      { title: `Downloading ${title} into .tools`, usually: '20 seconds' },
      () => install(packages),
    );
  }
  link({
    node: node ? join(packageDirectory(node), 'bin', 'node') : process.execPath,
    yarn: join(packageDirectory(YARN), 'bin', 'yarn.js'),
  });
  return toolPaths();
}

/** Paths of the tools after `ensureTools`, and an environment with the tools first in PATH. */
export function toolPaths() {
  return {
    node: join(binDirectory, 'node'),
    yarn: join(binDirectory, 'yarn'),
    environment: {
      ...process.env,
      PATH: `${binDirectory}${delimiter}${process.env.PATH ?? ''}`,
    },
  };
}

function requireNodePackage() {
  const found = nodePackageFor(process);
  if (!found) {
    throw new Problem(
      `The portal runs on Node 24 (or 22.19 and later). This is Node ${process.versions.node}, and npm has no Node 24 for ${process.platform} on ${process.arch}. Install Node 24 and try again.`,
    );
  }
  return found;
}

function packageDirectory({ name }) {
  return join(toolsDirectory, 'node_modules', name);
}

function isInstalled(wanted) {
  try {
    const file = join(packageDirectory(wanted), 'package.json');
    return JSON.parse(readFileSync(file, 'utf8')).version === wanted.version;
  } catch {
    return false;
  }
}

async function install(packages) {
  mkdirSync(toolsDirectory, { recursive: true });
  const dependencies = Object.fromEntries(
    packages.map(({ name, version }) => [name, version]),
  );
  writeFileSync(
    join(toolsDirectory, 'package.json'),
    JSON.stringify({ private: true, dependencies }),
  );
  await runLogged(
    'npm',
    [
      'install',
      '--prefix',
      toolsDirectory,
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--no-package-lock',
    ],
    { cwd: toolsDirectory, logFile: join(logsDirectory, 'tools.log') },
  );
}

function link({ node, yarn }) {
  rmSync(binDirectory, { recursive: true, force: true });
  mkdirSync(binDirectory, { recursive: true });
  symlinkSync(node, join(binDirectory, 'node'));
  chmodSync(yarn, 0o755);
  symlinkSync(yarn, join(binDirectory, 'yarn'));
}
