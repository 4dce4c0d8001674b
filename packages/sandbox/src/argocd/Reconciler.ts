import type { Draft, KubernetesObject } from '../kubernetes/KubernetesObject';
import { field, isFields, timestamp } from '../kubernetes/KubernetesObject';
import type { ObjectStore } from '../kubernetes/ObjectStore';
import type { SandboxLogger } from '../logger';
import type { SavedState } from '../SavedState';
import {
  type ApplicationSource,
  ARGOCD_NAMESPACE,
  type SavedApplication,
} from './Application';
import type { AppliedConfigurations } from './Applier';
import { ApplicationController } from './ApplicationController';
import { allowsDeletion, generateApplications } from './applicationSets';
import { type Build, BuildCache } from './BuildCache';
import type { Manifests } from './buildManifests';
import {
  discardSnapshot,
  readHead,
  type Snapshot,
  takeSnapshot,
} from './Snapshot';
import { trackingApplication } from './tracking';

const POLL_INTERVAL = 1000;
const CONCURRENT_BUILDS = 2;
const BOOTSTRAP_DIRECTORY = 'infra/gitops/bootstrap/sandbox';

interface ReconcilerOptions {
  store: ObjectStore;
  saved: SavedState<SavedApplication>;
  applied: AppliedConfigurations;
  repositoryDirectory: string;
  repositoryUrl: string;
  branch: string;
  now: () => number;
  logger: SandboxLogger;
}

/** Simulates Argo CD: reconciles AppProjects, ApplicationSets and Applications with the head of a branch. */
export class Reconciler {
  readonly #options: ReconcilerOptions;
  readonly #applications: ApplicationController;
  readonly #builds = new BuildCache();
  /** Names of Applications whose objects have changed. */
  readonly #changed = new Set<string>();
  #head: string | undefined;
  /** True if a build of the current head was interrupted. */
  #isIncomplete = false;
  /** Error message of the last attempt to read the repository. */
  #lastError: string | undefined;
  #syncing: Promise<void> | undefined;
  #refreshing: NodeJS.Immediate | undefined;
  #timer: NodeJS.Timeout | undefined;
  #unsubscribe: () => void = () => {};

  constructor(options: ReconcilerOptions) {
    this.#options = options;
    this.#applications = new ApplicationController(options);
  }

  start(): void {
    this.#unsubscribe = this.#options.store.subscribe(({ object }) => {
      const application = trackingApplication(object);
      if (application) {
        this.#changed.add(application);
        this.#refreshing ??= setImmediate(() => this.#refreshChanged());
      }
    });
    this.#timer = setInterval(() => this.sync(), POLL_INTERVAL);
    this.sync();
  }

  async stop(): Promise<void> {
    this.#unsubscribe();
    clearInterval(this.#timer);
    clearImmediate(this.#refreshing);
    await this.#syncing;
    this.#applications.stop();
  }

  /** Syncs with the branch. Resolves when the current head has been applied. */
  async sync(): Promise<void> {
    await this.#syncing;
    this.#syncing ??= this.#syncHead().finally(() => {
      this.#syncing = undefined;
    });
    await this.#syncing;
  }

  async #syncHead(): Promise<void> {
    const { repositoryDirectory, branch, logger } = this.#options;
    try {
      const head = await readHead(repositoryDirectory, branch);
      if (head === undefined || head === this.#head) {
        return;
      }
      const snapshot = await takeSnapshot(repositoryDirectory, head);
      try {
        this.#isIncomplete = false;
        await this.#apply(snapshot);
      } finally {
        await discardSnapshot(snapshot);
      }
      // After an interrupted build, the same head is applied again.
      this.#head = this.#isIncomplete ? undefined : head;
      this.#lastError = undefined;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      // Retried each second, but logged only once.
      if (message !== this.#lastError) {
        logger.error(`Argo CD cannot read the platform repository: ${message}`);
      }
      this.#lastError = message;
    }
  }

  async #apply(snapshot: Snapshot): Promise<void> {
    const { store, logger } = this.#options;
    const bootstrap = await this.#build(snapshot, BOOTSTRAP_DIRECTORY);
    if (bootstrap.manifests) {
      this.#replaceAll('appprojects', 'AppProject', bootstrap.manifests);
      this.#replaceAll(
        'applicationsets',
        'ApplicationSet',
        bootstrap.manifests,
      );
    } else {
      logger.error(
        `Argo CD keeps its AppProjects and ApplicationSets because their build failed: ${bootstrap.error}`,
      );
    }
    const desired = new Map<string, Draft>();
    const failedSets = new Set<string>();
    for (const set of store.list('applicationsets')) {
      this.#generate(set, snapshot, desired, failedSets);
    }
    for (const application of store.list('applications')) {
      const { name, ownerReferences = [] } = application.metadata;
      const owner = store
        .list('applicationsets')
        .find(({ metadata }) => metadata.uid === ownerReferences[0]?.uid);
      if (!desired.has(name)) {
        if (
          !owner ||
          (allowsDeletion(owner) && !failedSets.has(owner.metadata.name))
        ) {
          this.#applications.delete(application);
        } else {
          desired.set(name, application);
        }
      }
    }
    // Applications without a destination namespace create the namespaces of the others.
    const all = [...desired.values()];
    const createsNamespaces = (draft: Draft) =>
      field(draft, 'spec.destination.namespace') === undefined;
    await this.#updateAll(all.filter(createsNamespaces), snapshot);
    await this.#updateAll(
      all.filter(draft => !createsNamespaces(draft)),
      snapshot,
    );
  }

  #generate(
    set: KubernetesObject,
    snapshot: Snapshot,
    desired: Map<string, Draft>,
    failedSets: Set<string>,
  ): void {
    const { store, now, logger } = this.#options;
    let problem: string | undefined;
    try {
      for (const draft of generateApplications(set, snapshot)) {
        desired.set(draft.metadata.name, draft);
      }
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
      failedSets.add(set.metadata.name);
      logger.error(`ApplicationSet ${set.metadata.name}: ${problem}`);
    }
    const last = field(set, 'status.conditions');
    const status = problem ? 'True' : 'False';
    const condition = {
      type: 'ErrorOccurred',
      status,
      reason: problem ? 'RenderTemplateParamsError' : 'ApplicationSetUpToDate',
      message: problem ?? 'All applications have been generated successfully',
    };
    const same =
      Array.isArray(last) &&
      isFields(last[0]) &&
      last[0].message === condition.message;
    const lastTransitionTime = same
      ? last[0].lastTransitionTime
      : timestamp(now());
    store.setStatus(set, {
      conditions: [{ ...condition, lastTransitionTime }],
    });
  }

  /** Replaces the objects of a kind with those of the bootstrap directory. */
  #replaceAll(plural: string, kind: string, manifests: Manifests): void {
    const { store } = this.#options;
    const drafts = manifests.objects.filter(object => object.kind === kind);
    for (const { apiVersion, metadata, spec } of drafts) {
      const draft: Draft = {
        apiVersion,
        kind,
        metadata: { ...metadata, namespace: ARGOCD_NAMESPACE },
        spec,
      };
      const existing = store.get(plural, ARGOCD_NAMESPACE, metadata.name);
      if (existing) {
        store.update({
          ...existing,
          ...draft,
          metadata: { ...existing.metadata, ...draft.metadata },
        });
      } else {
        store.create(draft);
      }
    }
    const names = drafts.map(({ metadata }) => metadata.name);
    for (const object of store.list(plural, { namespace: ARGOCD_NAMESPACE })) {
      if (!names.includes(object.metadata.name)) {
        // Delete the Applications of a set first, so that their finalizers apply.
        store
          .list('applications', { owner: object.metadata.uid })
          .forEach(application => this.#applications.delete(application));
        store.delete(object);
      }
    }
  }

  async #updateAll(drafts: Draft[], snapshot: Snapshot): Promise<void> {
    const queue = [...drafts];
    const work = async () => {
      for (let draft = queue.shift(); draft; draft = queue.shift()) {
        await this.#update(draft, snapshot);
      }
    };
    await Promise.all(Array.from({ length: CONCURRENT_BUILDS }, work));
  }

  async #update(draft: Draft, snapshot: Snapshot): Promise<void> {
    const { commit } = snapshot;
    const { path, repoURL, directory } = field(
      draft,
      'spec.source',
    ) as ApplicationSource;
    const error = `failed to list refs: repository not found: ${repoURL}`;
    const build = this.#isPlatformRepository(repoURL)
      ? await this.#build(snapshot, path, directory)
      : { commit, inputs: '', error };
    try {
      this.#applications.update(draft, build);
    } catch (unexpected) {
      // A failing Application must not stop the others.
      this.#options.logger.error(
        `Application ${draft.metadata.name}: ${
          unexpected instanceof Error ? unexpected.stack : unexpected
        }`,
      );
    }
  }

  /** Compares the paths of the URLs: the port may differ from the one in manifests. */
  #isPlatformRepository(url: string): boolean {
    const path = (address: string) =>
      URL.canParse(address) ? new URL(address).pathname : address;
    return path(url) === path(this.#options.repositoryUrl);
  }

  async #build(
    snapshot: Snapshot,
    path: string,
    directory?: ApplicationSource['directory'],
  ): Promise<Build> {
    const build = await this.#builds.get(snapshot, path, directory);
    this.#isIncomplete ||= build.isInterrupted === true;
    return build;
  }

  #refreshChanged(): void {
    this.#refreshing = undefined;
    const names = [...this.#changed];
    this.#changed.clear();
    names.forEach(name => this.#applications.refresh(name));
  }
}
