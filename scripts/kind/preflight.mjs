import { Problem } from '../setup/problem.mjs';
import { checkCommands, checkPorts } from '../start/preflight.mjs';
import { capture } from './commands.mjs';

const GIB = 1024 ** 3;
/** Memory for the platform and the examples; an estimate, not a measurement. */
const MEMORY_GIB = 12;

const COMMANDS = [
  {
    command: 'docker',
    // The version of the daemon, not of the client.
    args: ['version', '--format', '{{.Server.Version}}'],
    atLeast: [24, 0],
    advice:
      'Install Docker (or an engine with its command line) and start it; the cluster runs in its containers.',
  },
  {
    command: 'kind',
    args: ['version'],
    atLeast: [0, 32],
    advice: 'Install it: kind.sigs.k8s.io/docs/user/quick-start.',
  },
  {
    command: 'kubectl',
    args: ['version', '--client'],
    atLeast: [1, 31],
    advice: 'Install it: kubernetes.io/docs/tasks/tools.',
  },
  {
    command: 'helm',
    args: ['version', '--short'],
    atLeast: [3, 17],
    advice:
      'Install it: helm.sh/docs/intro/install. The first installation of Argo CD and Gitea needs it.',
  },
  {
    command: 'git',
    args: ['--version'],
    atLeast: [2, 38],
    advice: 'Install it from your package manager, or from git-scm.com.',
  },
];

export const PORTS = [
  { port: 7020, use: 'Gitea' },
  { port: 7021, use: "the cluster's API server" },
  { port: 7022, use: 'Argo CD' },
  { port: 7023, use: 'Grafana' },
  { port: 7024, use: 'the ingress controller' },
  { port: 7025, use: 'the ingress controller, with TLS' },
];

/** Checks the requirements of a cluster before anything starts, and throws all problems at once. */
export async function checkMachine({
  commands = COMMANDS,
  ports = PORTS,
  memoryBytes = dockerMemory,
  clusterExists,
}) {
  const checks = [
    checkCommands(commands),
    // An existing cluster uses the ports itself.
    clusterExists ? undefined : checkPorts(ports),
    checkMemory(memoryBytes),
  ];
  const problems = (await Promise.allSettled(checks))
    .filter(({ status }) => status === 'rejected')
    .map(({ reason }) => reason);
  const unexpected = problems.find(error => !(error instanceof Problem));
  if (unexpected) {
    throw unexpected;
  }
  if (problems.length > 0) {
    throw new Problem(problems.map(({ message }) => message).join('\n'));
  }
}

async function checkMemory(memoryBytes) {
  const bytes = await memoryBytes();
  if (bytes !== undefined && bytes < MEMORY_GIB * GIB) {
    throw new Problem(
      `Docker has ${(bytes / GIB).toFixed(
        1,
      )} GiB of memory, and the cluster needs ${MEMORY_GIB} GiB. Increase it (in Docker Desktop: Settings, Resources), or use the sandbox: "npm start" needs no containers.`,
    );
  }
}

/** Undefined if Docker does not respond, which is another check's problem. */
async function dockerMemory() {
  try {
    return Number(
      await capture('docker', ['info', '--format', '{{.MemTotal}}']),
    );
  } catch {
    return undefined;
  }
}
