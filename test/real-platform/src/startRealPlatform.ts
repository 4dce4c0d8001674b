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
import type { ProcessRecord } from './processes/stopProcesses';
import { Processes } from './processes/Processes';
import { requirePrograms } from './processes/requirePrograms';

export type Component = 'kubernetes' | 'gitea' | 'argocd';

export interface RealPlatform {
  kubernetes?: {
    url: string;
    caFile: string;
    /** Token of a user with all rights. */
    adminToken: string;
    /** Token of the portal, which can read the types that pages show, but no Secrets. */
    readerToken: string;
    /** Token of a user without rights. */
    outsiderToken: string;
    /** The administrator's kubeconfig. */
    kubeconfig: string;
  };
  /** Gitea, whose repository `acme/platform` has this checkout's `infra/` and `templates/`. */
  gitea?: RunningGitea & { repositoryUrl: string };
  /** Argo CD with the Applications of the platform repository. */
  argocd?: RunningArgocd;
  /** Data of the platform, except its logs. */
  directory: string;
  logDirectory: string;
  processes: readonly ProcessRecord[];
  /** Keeps the platform running when this process exits. */
  release(): void;
  /** Stops all processes, and removes their data. */
  stop(): Promise<void>;
}

interface RealPlatformOptions {
  /** All by default. Argo CD requires the other two. */
  components?: Component[];
  /** Directory for logs. By default they are removed with the platform, unless it failed to start. */
  logDirectory?: string;
  /** Directory with `infra/` and `templates/` for the platform repository; by default this checkout. */
  content?: string;
  /** Receives progress messages. */
  log?: (line: string) => void;
}

const DIRECTORY_PREFIX = 'ml-platform-real-';

/** Starts real systems on loopback without data, after building those that are not in the cache. */
export async function startRealPlatform(
  options: RealPlatformOptions = {},
): Promise<RealPlatform> {
  const { log = console.log, content = checkout } = options;
  const components = new Set<Component>(options.components ?? ['argocd']);
  await requirePrograms({
    git: 'it creates the platform repository',
    kubectl: 'it configures the cluster',
    openssl: 'it creates certificates',
    'redis-server': 'it is the cache of Argo CD',
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
    // The directory stays, because its logs explain the failure.
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
    processes: new Processes({ logDirectory, environment }),
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
