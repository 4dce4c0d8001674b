import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { promisify } from 'node:util';
import { Problem } from '../setup/problem.mjs';

const COMMANDS = [
  {
    command: 'git',
    args: ['--version'],
    atLeast: [2, 38],
    advice: 'Install it from your package manager, or from git-scm.com.',
  },
  {
    command: 'kubectl',
    args: ['version', '--client'],
    atLeast: [1, 27],
    advice:
      'Install it: kubernetes.io/docs/tasks/tools. The portal builds kustomizations with it, and needs no cluster.',
  },
];

/** Throws a problem with advice if a program that the portal runs is missing or too old. */
export async function checkCommands(commands = COMMANDS) {
  const problems = await Promise.all(commands.map(commandProblem));
  throwIfAny(problems);
}

/**
 * Throws a problem with advice if a port is in use.
 *
 * @param {Array<{ port: number, use: string }>} ports
 */
export async function checkPorts(ports) {
  const problems = await Promise.all(
    ports.map(async ({ port, use }) =>
      (await isFree(port))
        ? undefined
        : `Port ${port} is in use, and the portal needs it for ${use}. If another "npm start" is running, stop it with Ctrl-C. Otherwise find the program with "lsof -i :${port}" and stop it.`,
    ),
  );
  throwIfAny(problems);
}

function throwIfAny(problems) {
  const found = problems.filter(problem => problem !== undefined);
  if (found.length > 0) {
    throw new Problem(found.join('\n'));
  }
}

async function commandProblem({ command, args, atLeast, advice }) {
  const wanted = atLeast.join('.');
  let output;
  try {
    output = (await promisify(execFile)(command, args)).stdout;
  } catch {
    return `The portal needs ${command} ${wanted} or newer, and cannot run it. ${advice}`;
  }
  const found = /(\d+)\.(\d+)/.exec(output)?.slice(1).map(Number);
  const isOld =
    found &&
    (found[0] < atLeast[0] ||
      (found[0] === atLeast[0] && found[1] < atLeast[1]));
  return isOld
    ? `The portal needs ${command} ${wanted} or newer, and found ${found.join(
        '.',
      )}. ${advice}`
    : undefined;
}

function isFree(port) {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () =>
      server.close(() => resolve(true)),
    );
  });
}
