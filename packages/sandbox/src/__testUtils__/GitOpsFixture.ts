import {
  items,
  type KubernetesObject,
  text,
} from '../kubernetes/KubernetesObject';
import { type RunningKubernetes, startKubernetes } from '../kubernetes';
import type { SandboxLogger } from '../logger';
import { PLATFORM_FILES, REPOSITORY_URL } from './platformFiles';
import { PlatformRepository } from './PlatformRepository';
import { useFakeClock } from './useFakeClock';

/** Limit of simulated time to wait for a state. */
const MAX_WAIT_SECONDS = 300;

/** A cluster that Argo CD deploys to from a platform repository, with a clock that only the test advances. */
export class GitOpsFixture {
  readonly repository: PlatformRepository;
  readonly #logger: SandboxLogger;
  #kubernetes: RunningKubernetes;

  static async start(logger: SandboxLogger): Promise<GitOpsFixture> {
    useFakeClock();
    const repository = await PlatformRepository.create();
    await repository.commit(PLATFORM_FILES);
    const kubernetes = await startCluster(repository, logger);
    return new GitOpsFixture(repository, logger, kubernetes);
  }

  private constructor(
    repository: PlatformRepository,
    logger: SandboxLogger,
    kubernetes: RunningKubernetes,
  ) {
    this.repository = repository;
    this.#logger = logger;
    this.#kubernetes = kubernetes;
  }

  get url(): string {
    return this.#kubernetes.url;
  }

  /** Restarts the cluster with the same repository and state directory. */
  async restart(): Promise<void> {
    await this.#kubernetes.stop();
    this.#kubernetes = await startCluster(this.repository, this.#logger);
  }

  async stop(): Promise<void> {
    await this.#kubernetes.stop();
    await this.repository.remove();
    jest.useRealTimers();
  }

  /** Commits files, and waits until Argo CD has applied the commit. */
  readonly commit = async (
    files: Record<string, string | undefined>,
  ): Promise<string> => {
    const sha = await this.repository.commit(files);
    await this.#kubernetes.sync();
    return sha;
  };

  readonly get = async (
    path: string,
  ): Promise<KubernetesObject | undefined> => {
    const response = await fetch(`${this.url}${path}`);
    return response.ok ? response.json() : undefined;
  };

  readonly getApplication = async (name: string): Promise<KubernetesObject> =>
    (await this.get(
      `/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/${name}`,
    ))!;

  /** Gets an object of the namespace `team-dev`. */
  readonly getInTeam = (
    plural: string,
    name: string,
    group = 'apis/apps/v1',
  ): Promise<KubernetesObject | undefined> =>
    this.get(`/${group}/namespaces/team-dev/${plural}/${name}`);

  /** Lists the pods with the label `app` in the namespace `team-dev`. */
  readonly listPods = async (app: string) =>
    items(
      await this.get(
        `/api/v1/namespaces/team-dev/pods?labelSelector=app%3D${app}`,
      ),
      'items',
    );

  /** Sync and health status of an Application, for example `Synced Healthy`. */
  readonly state = async (name: string): Promise<string> => {
    const { status } = await this.getApplication(name);
    return `${text(status, 'sync.status')} ${text(status, 'health.status')}`;
  };

  /** `type: message` of the first condition of an Application. */
  readonly condition = async (name: string): Promise<string | undefined> => {
    const [condition] = items(
      await this.getApplication(name),
      'status.conditions',
    );
    return condition && `${condition.type}: ${condition.message}`;
  };

  /** Advances the clock until an Application has a state. */
  readonly expectState = (name: string, expected: string): Promise<void> =>
    this.advanceUntil(async () =>
      expect(await this.state(name)).toBe(expected),
    );

  /** Advances the clock second by second until the check no longer throws. */
  readonly advanceUntil = async (check: () => Promise<void>): Promise<void> => {
    for (let second = 0; second < MAX_WAIT_SECONDS; second++) {
      try {
        await check();
        return;
      } catch {
        await jest.advanceTimersByTimeAsync(1000);
      }
    }
    await check();
  };
}

async function startCluster(
  repository: PlatformRepository,
  logger: SandboxLogger,
): Promise<RunningKubernetes> {
  const kubernetes = await startKubernetes({
    host: '127.0.0.1',
    port: 0,
    stateDirectory: repository.stateDirectory,
    repositoryDirectory: repository.directory,
    // Another port than in the manifests, as when a user chooses one.
    repositoryUrl: REPOSITORY_URL.replace('7010', '1'),
    branch: 'main',
    onPush: () => {},
    logger,
  });
  await kubernetes.sync();
  return kubernetes;
}
