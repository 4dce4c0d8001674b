import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { buildSystems } from './build/buildSystems';
import {
  stopProcesses,
  stillRunning,
  type ProcessRecord,
} from './processes/stopProcesses';
import { portalDatabase, stateFile } from './paths';
import { portalEnvironment } from './portalEnvironment';
import { startRealPlatform, type RealPlatform } from './startRealPlatform';

/** The state of a running platform, which `up` writes for `down`, for the portal and for users. */
type State = RealPlatform & {
  processes: ProcessRecord[];
  portalEnvironment: Record<string, string>;
};

const USAGE = `Usage: real-platform build | up | down
  build  builds the systems that are not in the cache
  up     starts the platform in the background
  down   stops the platform`;

async function build(): Promise<void> {
  const started = Date.now();
  await buildSystems(console.log);
  console.log(`All systems are built (${secondsSince(started)} s).`);
}

async function up(): Promise<void> {
  const before = await readState();
  if (before) {
    const running = await stillRunning(before.processes, before.directory);
    if (running.length === before.processes.length) {
      console.log(`The platform is already running.\n${describe(before)}`);
      return;
    }
    console.log('Part of the platform has stopped: it restarts without data.');
    await down();
  }
  const started = Date.now();
  const platform = await startRealPlatform({});
  const state: State = {
    ...platform,
    processes: [...platform.processes],
    portalEnvironment: portalEnvironment(platform),
  };
  await mkdir(dirname(stateFile), { recursive: true });
  await writeFile(stateFile, JSON.stringify(state, undefined, 2), {
    mode: 0o600,
  });
  platform.release();
  console.log(
    `The platform is running (${secondsSince(started)} s).\n${describe(
      platform,
    )}`,
  );
}

function describe({ kubernetes, gitea, argocd }: RealPlatform): string {
  return `  Kubernetes  kubectl --kubeconfig ${kubernetes?.kubeconfig}
  Gitea       ${gitea?.repositoryUrl}
  Argo CD     ${argocd?.url}
Accounts and tokens are in ${stateFile}`;
}

async function down(): Promise<void> {
  const state = await readState();
  if (!state) {
    console.log('The platform is not running.');
    return;
  }
  const started = Date.now();
  await stopProcesses(await stillRunning(state.processes, state.directory));
  await rm(state.directory, { recursive: true, force: true });
  await rm(stateFile);
  // The portal's database would show objects that no longer exist.
  await rm(portalDatabase, { recursive: true, force: true });
  console.log(`The platform has stopped (${secondsSince(started)} s).`);
}

async function readState(): Promise<State | undefined> {
  try {
    return JSON.parse(await readFile(stateFile, 'utf8'));
  } catch {
    return undefined;
  }
}

function secondsSince(started: number): number {
  return Math.round((Date.now() - started) / 1000);
}

// The exit of this process stops its processes, and removes unfinished builds.
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

const commands: Record<string, () => Promise<void>> = { build, up, down };
const command = commands[process.argv[2]];
if (!command) {
  console.error(USAGE);
  process.exit(2);
}
command().catch(error => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
