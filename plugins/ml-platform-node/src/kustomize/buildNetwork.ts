import { tmpdir } from 'node:os';
import { runCommand } from '../command/runCommand';

const PROBE_TIMEOUT_MILLISECONDS = 10_000;
/** Runs a program in a network namespace of its own, in which even the loopback interface is down. */
const UNSHARE = ['--map-root-user', '--net'];

let probe: Promise<'none' | 'host'> | undefined;

/**
 * The network of builds: `none` where the system allows network namespaces to unprivileged processes (Linux without a
 * seccomp profile against it), else that of this process. Probed once.
 */
export function buildNetwork(): Promise<'none' | 'host'> {
  probe ??= probeNetwork();
  return probe;
}

/** The command that runs a program in the network of builds. */
export async function inBuildNetwork(
  program: string,
  programArguments: string[],
): Promise<[program: string, programArguments: string[]]> {
  return (await buildNetwork()) === 'none'
    ? ['unshare', [...UNSHARE, program, ...programArguments]]
    : [program, programArguments];
}

async function probeNetwork(): Promise<'none' | 'host'> {
  if (process.platform !== 'linux') {
    return 'host';
  }
  try {
    const { exitCode } = await runCommand('unshare', [...UNSHARE, 'true'], {
      environment: { PATH: process.env.PATH ?? '' },
      workingDirectory: tmpdir(),
      timeoutMilliseconds: PROBE_TIMEOUT_MILLISECONDS,
    });
    return exitCode === 0 ? 'none' : 'host';
  } catch {
    return 'host';
  }
}
