import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { buildSystems } from './build/buildSystems';
import {
  endProcesses,
  stillRunning,
  type ProcessRecord,
} from './processes/endProcesses';
import { stateFile } from './paths';
import { startRealPlatform, type RealPlatform } from './startRealPlatform';

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
    if (running.length) {
      throw new Error('The platform is up already; `down` ends it.');
    }
    // The machine was restarted in between.
    await down();
  }
  const started = Date.now();
  const platform = await startRealPlatform({});
  const state = { ...platform, processes: [...platform.processes] };
  await mkdir(dirname(stateFile), { recursive: true });
  await writeFile(stateFile, JSON.stringify(state, undefined, 2), {
    mode: 0o600,
  });
  platform.release();
  console.log(`The platform is up (${secondsSince(started)} s).
  Kubernetes  kubectl --kubeconfig ${platform.kubernetes?.kubeconfig}
  Gitea       ${platform.gitea?.repositoryUrl}
  Argo CD     ${platform.argocd?.url}
Accounts and tokens are in ${stateFile}`);
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
  console.log(`The platform is down (${secondsSince(started)} s).`);
}

async function readState(): Promise<
  (RealPlatform & { processes: ProcessRecord[] }) | undefined
> {
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
