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
      'Install it as kubernetes.io/docs/tasks/tools says; the portal builds kustomizations with it and needs no cluster.',
  },
];

/** Makes sure of the programs that the portal runs, and says what to do about those that are missing or too old. */
export async function checkCommands(commands = COMMANDS) {
  const problems = await Promise.all(commands.map(commandProblem));
  throwIfAny(problems);
}

/**
 * Makes sure that nothing listens on the ports yet.
 *
 * @param {Array<{ port: number, use: string }>} ports
 */
export async function checkPorts(ports) {
  const problems = await Promise.all(
    ports.map(async ({ port, use }) =>
      (await isFree(port))
        ? undefined
        : `Port ${port} is taken, and the portal needs it for ${use}. Another "npm start" may still be running: end it with Ctrl-C. Or find the program with "lsof -i :${port}" and stop it.`,
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
    return `The portal needs ${command} ${wanted} or newer and cannot run it. ${advice}`;
  }
  const found = /(\d+)\.(\d+)/.exec(output)?.slice(1).map(Number);
  const isOld =
    found &&
    (found[0] < atLeast[0] ||
      (found[0] === atLeast[0] && found[1] < atLeast[1]));
  return isOld
    ? `The portal needs ${command} ${wanted} or newer; this is ${found.join(
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
