import { setTimeout as sleep } from 'node:timers/promises';
import { run } from './run';

/**
 * The order of stopping: first all clients, then their server, then its store. In another order, clients would wait for
 * their server.
 */
export type Rank = 'client' | 'server' | 'store';

export interface ProcessRecord {
  name: string;
  pid: number;
  rank: Rank;
}

const RANKS: Rank[] = ['client', 'server', 'store'];
const GRACE_SECONDS = 10;

/** Stops processes, and waits until they have exited. */
export async function stopProcesses(records: ProcessRecord[]): Promise<void> {
  for (const rank of RANKS) {
    await Promise.all(
      records.filter(record => record.rank === rank).map(stopProcess),
    );
  }
}

async function stopProcess({ pid }: ProcessRecord): Promise<void> {
  signal(pid, 'SIGTERM');
  const deadline = Date.now() + GRACE_SECONDS * 1000;
  while (isRunning(pid)) {
    if (Date.now() > deadline) {
      signal(pid, 'SIGKILL');
    }
    await sleep(50);
  }
}

/** Filters the processes that are still running, and whose ID no other program has reused. */
export async function stillRunning(
  records: ProcessRecord[],
  directory: string,
): Promise<ProcessRecord[]> {
  const running: ProcessRecord[] = [];
  for (const record of records) {
    const command = isRunning(record.pid) ? await commandOf(record.pid) : '';
    if (command.includes(directory)) {
      running.push(record);
    }
  }
  return running;
}

async function commandOf(pid: number): Promise<string> {
  try {
    return await run('ps', ['-ww', '-o', 'args=', '-p', String(pid)]);
  } catch {
    // It has just exited.
    return '';
  }
}

/** Sends a signal to a process, which may have exited. */
export function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

function isRunning(pid: number): boolean {
  return signal(pid, 0);
}
