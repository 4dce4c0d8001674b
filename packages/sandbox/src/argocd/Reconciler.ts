import type { Draft, KubernetesObject } from '../kubernetes/KubernetesObject';
import { field, isFields, timestamp } from '../kubernetes/KubernetesObject';
import type { ObjectStore } from '../kubernetes/ObjectStore';
import type { SandboxLogger } from '../logger';
import type { SavedState } from '../SavedState';
import {
  type ApplicationSource,
  NAMESPACE,
  type SavedApplication,
} from './Application';
import { ApplicationController } from './ApplicationController';
import { generateApplications, mayDelete } from './applicationSets';
import {
  type Build,
  buildManifests,
  inputsOf,
  type Manifests,
} from './buildManifests';
import {
  discardSnapshot,
  readHead,
  type Snapshot,
  takeSnapshot,
} from './Snapshot';
import { trackingApplication } from './tracking';

const POLL_INTERVAL = 1000;
const CONCURRENT_BUILDS = 2;
const BOOTSTRAP = 'infra/gitops/bootstrap/sandbox';

export interface ReconcilerOptions {
  store: ObjectStore;
  saved: SavedState<SavedApplication>;
  repositoryDirectory: string;
  repositoryUrl: string;
  branch: string;
  now: () => number;
  logger: SandboxLogger;
}

/** Argo CD: keeps the cluster as the branch's newest commit says, and tells in Applications how far that is. */
export class Reconciler {
  readonly #options: ReconcilerOptions;
  readonly #applications: ApplicationController;
  readonly #built = new Map<string, Build>();
  /** Applications with changed objects. */
  readonly #changed = new Set<string>();
  #head: string | undefined;
  #problem: string | undefined;
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

  /** Catches up with the branch; resolves when its head, as of now, is applied. */
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
        await this.#apply(snapshot);
      } finally {
        await discardSnapshot(snapshot);
      }
      this.#head = head;
      this.#problem = undefined;
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      // Tried again each second, but said only once.
      if (problem !== this.#problem) {
        logger.error(`Argo CD cannot read the platform repository: ${problem}`);
      }
      this.#problem = problem;
    }
  }

  async #apply(snapshot: Snapshot): Promise<void> {
    const { store, logger } = this.#options;
    const bootstrap = await this.#build(snapshot, BOOTSTRAP);
    if (bootstrap.manifests) {
      this.#replaceAll('appprojects', 'AppProject', bootstrap.manifests);
      this.#replaceAll(
        'applicationsets',
        'ApplicationSet',
        bootstrap.manifests,
      );
    } else {
      logger.error(
        `Argo CD keeps its projects and ApplicationSets as they were: ${bootstrap.error}`,
      );
    }
    const wanted = new Map<string, Draft>();
    const incomplete = new Set<string>();
    for (const set of store.list('applicationsets')) {
      this.#generate(set, snapshot, wanted, incomplete);
    }
    for (const application of store.list('applications')) {
      const { name, ownerReferences = [] } = application.metadata;
      const owner = store
        .list('applicationsets')
        .find(({ metadata }) => metadata.uid === ownerReferences[0]?.uid);
      if (!wanted.has(name)) {
        if (
          !owner ||
          (mayDelete(owner) && !incomplete.has(owner.metadata.name))
        ) {
          this.#applications.delete(application);
        } else {
          wanted.set(name, application);
        }
      }
    }
    // Namespaces come first: from Applications that have no namespace of their own.
    const all = [...wanted.values()];
    const isTenant = (draft: Draft) =>
      field(draft, 'spec.destination.namespace') === undefined;
    await this.#updateAll(all.filter(isTenant), snapshot);
    await this.#updateAll(
      all.filter(draft => !isTenant(draft)),
      snapshot,
    );
  }

  #generate(
    set: KubernetesObject,
    snapshot: Snapshot,
    wanted: Map<string, Draft>,
    incomplete: Set<string>,
  ): void {
    const { store, now, logger } = this.#options;
    let problem: string | undefined;
    try {
      for (const draft of generateApplications(set, snapshot)) {
        wanted.set(draft.metadata.name, draft);
      }
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
      incomplete.add(set.metadata.name);
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

  /** Makes the objects of a kind those of the bootstrap. */
  #replaceAll(plural: string, kind: string, manifests: Manifests): void {
    const { store } = this.#options;
    const drafts = manifests.objects.filter(object => object.kind === kind);
    for (const { apiVersion, metadata, spec } of drafts) {
      const draft: Draft = {
        apiVersion,
        kind,
        metadata: { ...metadata, namespace: NAMESPACE },
        spec,
      };
      const existing = store.get(plural, NAMESPACE, metadata.name);
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
    for (const object of store.list(plural, { namespace: NAMESPACE })) {
      if (!names.includes(object.metadata.name)) {
        // Its Applications first, so that what they have made goes as they say.
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
    const { path, repoURL } = field(draft, 'spec.source') as ApplicationSource;
    const error = `failed to list refs: repository not found: ${repoURL}`;
    const build = this.#isOurs(repoURL)
      ? await this.#build(snapshot, path)
      : { commit, inputs: '', error };
    try {
      this.#applications.update(draft, build);
    } catch (unexpected) {
      // One Application must not keep the others from their commit.
      this.#options.logger.error(
        `Application ${draft.metadata.name}: ${
          unexpected instanceof Error ? unexpected.stack : unexpected
        }`,
      );
    }
  }

  /** There is one repository; its port may differ from the one in Git. */
  #isOurs(url: string): boolean {
    const path = (address: string) =>
      URL.canParse(address) ? new URL(address).pathname : address;
    return path(url) === path(this.#options.repositoryUrl);
  }

  /** Builds a directory, unless nothing that it is made of has changed. */
  async #build(snapshot: Snapshot, path: string): Promise<Build> {
    const { commit } = snapshot;
    const inputs = await inputsOf(snapshot, path);
    const last = this.#built.get(path);
    const build: Build =
      last?.inputs === inputs
        ? { ...last, commit }
        : await buildManifests(snapshot, path).then(
            manifests => ({ commit, inputs, manifests }),
            (error: Error) => ({ commit, inputs, error: error.message }),
          );
    this.#built.set(path, build);
    return build;
  }

  #refreshChanged(): void {
    this.#refreshing = undefined;
    const names = [...this.#changed];
    this.#changed.clear();
    names.forEach(name => this.#applications.refresh(name));
  }
}
