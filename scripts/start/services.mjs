import { spawn } from 'node:child_process';
import { closeSync, createWriteStream, mkdirSync, openSync } from 'node:fs';
import { join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { stripVTControlCharacters } from 'node:util';
import { waitForExit, lastLines, startChild } from '../setup/children.mjs';
import { logsDirectory, root } from '../setup/directories.mjs';
import { Problem } from '../setup/problem.mjs';

/** Options of Node that run TypeScript from source, as `backstage-cli package start` does, but without reload. */
export const nodeOptions = [
  '--enable-source-maps',
  '--require',
  join(root, 'node_modules/@backstage/cli-node/config/nodeTransform.cjs'),
];

/**
 * Runs a service from its TypeScript source. Its output goes to a log file; warnings and errors also go to the terminal.
 *
 * @returns {Promise<never>} rejects when the service exits
 */
export async function runService(
  { name, entry, args, directory, environment },
  { node },
) {
  mkdirSync(logsDirectory, { recursive: true });
  const logFile = join(logsDirectory, `${name}.log`);
  const log = createWriteStream(logFile);
  const child = startChild(node, [...nodeOptions, entry, ...args], {
    cwd: join(root, directory),
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', coloredLine => {
      const line = stripVTControlCharacters(coloredLine);
      log.write(`${line}\n`);
      if (isUnexpected(line)) {
        console.log(`[${name}] ${line}`);
      }
    });
  }
  const result = await waitForExit(child);
  await new Promise(resolve => log.end(resolve));
  throw exitProblem(name, result, logFile);
}

/**
 * Starts a service that outlives this process. Its output goes to a log file only.
 *
 * @returns {{ pid: number, exited: Promise<never> }} `exited` rejects when the service exits before this process
 */
export function startDetached(
  { name, entry, args, directory, environment },
  { node },
) {
  mkdirSync(logsDirectory, { recursive: true });
  const logFile = join(logsDirectory, `${name}.log`);
  const log = openSync(logFile, 'w');
  const child = spawn(node, [...nodeOptions, entry, ...args], {
    cwd: join(root, directory),
    env: environment,
    // In its own session: neither Ctrl-C nor the end of the terminal stops it.
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.unref();
  return {
    pid: child.pid,
    exited: waitForExit(child).then(result => {
      throw exitProblem(name, result, logFile);
    }),
  };
}

function exitProblem(name, result, logFile) {
  return new Problem(
    [
      `The ${name} exited with ${result}. Its last lines:`,
      ...lastLines(logFile).map(line => `    ${line}`),
      `The full log is in ${relative(root, logFile)}.`,
    ].join('\n'),
  );
}

/** Warnings that the sandbox always causes. The log file has them, too. */
const EXPECTED = [
  // On SQLite the portal uses the built-in search engine.
  'Postgres search engine is not supported',
  // The sandbox serves plain HTTP on this machine.
  "Cluster 'sandbox' is configured with skipTLSVerify",
];

/** Checks for a warning or error that the terminal should show. The level is near the start: `<time> <plugin> warn <message>`. */
export function isUnexpected(line) {
  return (
    /^(\S+ ){0,3}(warn|error)\b/i.test(line) &&
    !EXPECTED.some(part => line.includes(part))
  );
}
