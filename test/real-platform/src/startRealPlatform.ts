import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootstrap } from './argocd/bootstrap';
import { startArgocd, type RunningArgocd } from './argocd/startArgocd';
import { buildSystems, type BuiltSystems } from './build/buildSystems';
import { seedPlatformRepository } from './forge/seedPlatformRepository';
import { startGitea, type RunningGitea } from './forge/startGitea';
import { applyDefinitions } from './kubernetes/applyDefinitions';
import { applyVolumes } from './kubernetes/applyVolumes';
import {
  startControlPlane,
  type ControlPlane,
} from './kubernetes/startControlPlane';
import { startControllers } from './kubernetes/startControllers';
import { startNodes } from './kubernetes/startNodes';
import { checkout } from './paths';
import type { Platform } from './Platform';
import type { ProcessRecord } from './processes/endProcesses';
import { Processes } from './processes/Processes';
import { requirePrograms } from './processes/requirePrograms';

export type Component = 'kubernetes' | 'gitea' | 'argocd';

export interface RealPlatform {
  kubernetes?: {
    url: string;
    caFile: string;
    /** May do everything. */
    adminToken: string;
    /** What the portal has: reads what pages show, and no secrets. */
    readerToken: string;
    /** Known to the API server, without any right. */
    outsiderToken: string;
    /** The administrator's. */
    kubeconfig: string;
  };
  /** `acme/platform` holds this project's `infra/` and `templates/`. */
  gitea?: RunningGitea & { repositoryUrl: string };
  /** With the Applications of the platform repository. */
  argocd?: RunningArgocd;
  /** Everything the platform writes, but for its logs. */
  directory: string;
  logDirectory: string;
  processes: readonly ProcessRecord[];
  /** Leaves the platform running when this process ends. */
  release(): void;
  /** Ends all processes and removes what they wrote. */
  stop(): Promise<void>;
}

export interface RealPlatformOptions {
  /** Without it, all. Argo CD brings the other two. */
  components?: Component[];
  /** Where the processes' logs stay; without it, they go away with the platform unless something failed. */
  logDirectory?: string;
  /** Has `infra/` and `templates/` for the platform repository; without it, this project's. */
  content?: string;
  /** Told what takes time. */
  log?: (line: string) => void;
}

const DIRECTORY_PREFIX = 'ml-platform-real-';

/** Builds what is not built yet, and starts real systems on loopback, from an empty state. */
export async function startRealPlatform(
  options: RealPlatformOptions = {},
): Promise<RealPlatform> {
  const { log = console.log, content = checkout } = options;
  const components = new Set<Component>(options.components ?? ['argocd']);
  await requirePrograms({
    git: 'the platform repository is made with it',
    kubectl: 'the cluster is set up with it',
    openssl: 'certificates are made with it',
    'redis-server': 'Argo CD caches in it',
  });
  const systems = await buildSystems(log);
  const directory = await mkdtemp(join(tmpdir(), DIRECTORY_PREFIX));
  const logDirectory = options.logDirectory ?? join(directory, 'logs');
  await mkdir(logDirectory, { recursive: true });
  const platform = await createPlatform(directory, logDirectory);
  const { processes } = platform;

  try {
    const running = await startComponents(platform, systems, {
      components,
      content,
      log,
    });
    return {
      ...running,
      directory,
      logDirectory,
      processes: processes.records,
      release: () => processes.release(),
      stop: async () => {
        await processes.stop();
        await rm(directory, { recursive: true, force: true });
      },
    };
  } catch (error) {
    // The directory stays: it holds what explains the failure.
    await processes.stop();
    throw error;
  }
}

async function createPlatform(
  directory: string,
  logDirectory: string,
): Promise<Platform> {
  const home = join(directory, 'home');
  await mkdir(home);
  const environment = {
    PATH: process.env.PATH ?? '',
    HOME: home,
    TMPDIR: tmpdir(),
    LC_ALL: 'C',
  };
  return {
    directory,
    environment,
    processes: Processes.create({ logDirectory, environment }),
  };
}

async function startComponents(
  platform: Platform,
  systems: BuiltSystems,
  options: {
    components: Set<Component>;
    content: string;
    log: (line: string) => void;
  },
): Promise<Pick<RealPlatform, 'kubernetes' | 'gitea' | 'argocd'>> {
  const { components, content, log } = options;
  const all = components.has('argocd');
  const [controlPlane, gitea] = await Promise.all([
    all || components.has('kubernetes')
      ? startKubernetes(platform, systems, log)
      : undefined,
    all || components.has('gitea')
      ? startForge(platform, systems, content)
      : undefined,
  ]);
  const running = {
    ...(controlPlane && { kubernetes: describe(controlPlane) }),
    ...(gitea && { gitea }),
  };
  if (!all || !controlPlane || !gitea) {
    return running;
  }
  const argocd = await startArgocd(platform, systems, { controlPlane, gitea });
  await bootstrap({
    content,
    repositoryUrl: gitea.repositoryUrl,
    kubectl: controlPlane.kubectl,
    gitea,
    argocd,
  });
  return { ...running, argocd };
}

async function startKubernetes(
  platform: Platform,
  systems: BuiltSystems,
  log: (line: string) => void,
): Promise<ControlPlane> {
  const controlPlane = await startControlPlane(platform, systems);
  await Promise.all([
    startControllers(platform, systems, controlPlane),
    startNodes(platform, systems, controlPlane),
    applyDefinitions(controlPlane.kubectl, systems, log),
    applyVolumes(controlPlane.kubectl),
  ]);
  return controlPlane;
}

async function startForge(
  platform: Platform,
  systems: BuiltSystems,
  content: string,
) {
  const gitea = await startGitea(platform, systems);
  return {
    ...gitea,
    repositoryUrl: await seedPlatformRepository(platform, gitea, content),
  };
}

function describe(controlPlane: ControlPlane) {
  const { url, certificates, tokens, kubeconfigs } = controlPlane;
  return {
    url,
    caFile: certificates.authority,
    adminToken: tokens.admin,
    readerToken: tokens.reader,
    outsiderToken: tokens.outsider,
    kubeconfig: kubeconfigs.admin,
  };
}
