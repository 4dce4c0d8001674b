import { setTimeout as sleep } from 'node:timers/promises';
import { run } from './run';

/**
 * When a process is ended: clients all together, then the server they talk to, then its store. The other way round each
 * client would wait for its server until it gives up.
 */
export type Rank = 'client' | 'server' | 'store';

export interface ProcessRecord {
  name: string;
  pid: number;
  rank: Rank;
}

const RANKS: Rank[] = ['client', 'server', 'store'];
const PATIENCE_SECONDS = 10;

/** Ends processes, and waits until they are gone. */
export async function endProcesses(records: ProcessRecord[]): Promise<void> {
  for (const rank of RANKS) {
    await Promise.all(
      records.filter(record => record.rank === rank).map(endProcess),
    );
  }
}

async function endProcess({ pid }: ProcessRecord): Promise<void> {
  signal(pid, 'SIGTERM');
  const patienceEnds = Date.now() + PATIENCE_SECONDS * 1000;
  while (isRunning(pid)) {
    if (Date.now() > patienceEnds) {
      signal(pid, 'SIGKILL');
    }
    await sleep(50);
  }
}

/** Those of the processes that still run what they were started as: an id may by now be somebody else's. */
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
    // It has just ended.
    return '';
  }
}

/** Sends a signal; a process that is gone is no error. */
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
