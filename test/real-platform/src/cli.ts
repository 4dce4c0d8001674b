import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { buildSystems } from './build/buildSystems';
import {
  endProcesses,
  stillRunning,
  type ProcessRecord,
} from './processes/endProcesses';
import { portalDatabase, stateFile } from './paths';
import { portalEnvironment } from './portalEnvironment';
import { startRealPlatform, type RealPlatform } from './startRealPlatform';

/** What `up` leaves for `down`, for the portal, and for people. */
type State = RealPlatform & {
  processes: ProcessRecord[];
  portalEnvironment: Record<string, string>;
};

const USAGE = `Usage: real-platform build | up | down
  build  builds the systems that the cache does not hold yet
  up     starts the platform and leaves it running
  down   ends it`;

async function build(): Promise<void> {
  const started = Date.now();
  await buildSystems(console.log);
  console.log(`Everything is built (${secondsSince(started)} s).`);
}

async function up(): Promise<void> {
  const before = await readState();
  if (before) {
    const running = await stillRunning(before.processes, before.directory);
    if (running.length === before.processes.length) {
      console.log(`The platform is up already.\n${describe(before)}`);
      return;
    }
    console.log(
      'Some of the platform has ended: it starts again from nothing.',
    );
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
    `The platform is up (${secondsSince(started)} s).\n${describe(platform)}`,
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
    console.log('The platform is not up.');
    return;
  }
  const started = Date.now();
  await endProcesses(await stillRunning(state.processes, state.directory));
  await rm(state.directory, { recursive: true, force: true });
  await rm(stateFile);
  // What a portal on it has kept would show things that are gone.
  await rm(portalDatabase, { recursive: true, force: true });
  console.log(`The platform is down (${secondsSince(started)} s).`);
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

// Ending this process ends what it started, and removes what is half built.
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
