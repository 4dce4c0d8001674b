import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { lastLines } from '../processes/lastLines';

/** Receives the progress of a build. */
type OnProgress = (downloaded: number, compiled: number) => void;

/**
 * Runs `go` in a directory, with its messages in the log file.
 *
 * @throws an error with the last lines of the log
 */
export async function runGo(
  args: string[],
  options: {
    directory: string;
    environment: Record<string, string>;
    logFile: string;
    onProgress?: OnProgress;
  },
): Promise<string> {
  const { directory, environment, logFile, onProgress } = options;
  const child = spawn('go', args, {
    cwd: directory,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const endNow = () => child.kill();
  process.once('exit', endNow);
  const log = createWriteStream(logFile, { flags: 'a' });
  let output = '';
  child.stdout.on('data', chunk => {
    output += chunk;
  });
  let downloaded = 0;
  let compiled = 0;
  createInterface({ input: child.stderr }).on('line', line => {
    log.write(`${line}\n`);
    if (line.startsWith('go: downloading')) {
      downloaded += 1;
    } else {
      compiled += 1;
    }
    onProgress?.(downloaded, compiled);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  process.off('exit', endNow);
  await new Promise(resolve => log.end(resolve));
  if (code !== 0) {
    const tail = lastLines(await readFile(logFile, 'utf8'), 15);
    throw new Error(`go ${args[0]} failed; see ${logFile}\n${tail}`);
  }
  return output;
}
