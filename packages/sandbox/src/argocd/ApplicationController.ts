import {
  type Draft,
  type Fields,
  type KubernetesObject,
} from '../kubernetes/KubernetesObject';
import type { ObjectStore } from '../kubernetes/ObjectStore';
import { findResourceType } from '../kubernetes/resourceTypes';
import type { SavedState } from '../SavedState';
import {
  type Application,
  type ApplicationSpec,
  type ApplicationStatus,
  FINALIZER,
  type HistoryEntry,
  NAMESPACE,
  type OperationState,
  type ResourceStatus,
} from './Application';
import { Applier } from './Applier';
import { imagesOf, observe, resourceStatus } from './applicationStatus';
import type { Manifests } from './buildManifests';
import { healthOf, worstHealth } from './health';
import { applicationProblem } from './projects';
import { syncApplication } from './syncApplication';
import { SyncRetries } from './SyncRetries';
import { identity, trackingApplication, withTracking } from './tracking';

/** What came of building an Application's directory at a commit. */
export interface Build {
  commit: string;
  /** Equal for equal content. */
  inputs: string;
  /** Absent when it could not be built. */
  manifests?: Manifests;
  /** Argo CD's text for why not. */
  error?: string;
}

/** What is kept of an Application across restarts of the sandbox. */
export interface SavedApplication {
  creationTimestamp: string;
  inputs: string;
  history: HistoryEntry[];
  operationState: OperationState;
}

interface Options {
  store: ObjectStore;
  saved: SavedState<SavedApplication>;
  now: () => number;
}

const HISTORY_LIMIT = 10;

/** Compares Applications with the cluster, syncs them and keeps their status, as Argo CD's application controller. */
export class ApplicationController {
  readonly #store: ObjectStore;
  readonly #saved: SavedState<SavedApplication>;
  readonly #now: () => number;
  readonly #applier: Applier;
  readonly #builds = new Map<string, Build>();
  readonly #retries = SyncRetries.create();

  static create(options: Options): ApplicationController {
    return new ApplicationController(options);
  }

  private constructor({ store, saved, now }: Options) {
    this.#store = store;
    this.#saved = saved;
    this.#now = now;
    this.#applier = Applier.create(store);
  }

  stop(): void {
    this.#retries.stop();
  }

  /** Creates or changes an Application, and brings the cluster to what was built for it. */
  update(draft: Draft, build: Build): void {
    const { name } = draft.metadata;
    const existing = this.#find(name);
    this.#builds.set(name, build);
    this.#retries.forget(name);
    if (existing) {
      this.#store.update({
        ...existing,
        spec: draft.spec,
        metadata: { ...existing.metadata, ...draft.metadata },
      } as KubernetesObject);
    } else {
      const saved = this.#saved.get(name);
      const spec = draft.spec as ApplicationSpec;
      // With a status from the start: nobody sees a real Application without one for long.
      const status = observe(
        { spec },
        {
          sync: 'OutOfSync',
          revision: build.commit,
          health: 'Missing',
          resources: [],
        },
        this.#now(),
      );
      this.#store.create({
        ...draft,
        metadata: {
          ...draft.metadata,
          creationTimestamp: saved?.creationTimestamp,
        },
        status: { ...status, history: saved?.history },
      });
    }
    this.refresh(name);
  }

  /** Deletes an Application and, when its finalizer says so, everything that it has made. */
  delete(application: KubernetesObject): void {
    const { name, finalizers = [] } = application.metadata;
    this.#builds.delete(name);
    this.#saved.delete(name);
    this.#retries.forget(name);
    this.#store.delete(application);
    if (finalizers.includes(FINALIZER)) {
      this.#tracked(name).forEach(object => this.#store.delete(object));
    }
  }

  /** Looks at an Application again: after a commit, or when one of its objects has changed. */
  refresh(name: string): void {
    const application = this.#find(name);
    const build = this.#builds.get(name);
    if (!application || !build) {
      return;
    }
    const project = this.#store.get(
      'appprojects',
      NAMESPACE,
      application.spec.project,
    );
    const invalid = applicationProblem(application, project);
    if (invalid || !project) {
      const condition = {
        type: 'InvalidSpecError',
        message: invalid ?? '',
      } as const;
      const seen = {
        sync: 'Unknown',
        revision: '',
        health: 'Unknown',
        resources: [],
        condition,
      } as const;
      this.#setStatus(
        name,
        observe(application, { ...seen, resources: [] }, this.#now()),
      );
    } else if (build.manifests) {
      this.#reconcile(application, project, build, build.manifests);
    } else {
      const message = `Failed to load target state: failed to generate manifest for source 1 of 1: rpc error: code = Unknown desc = ${build.error}`;
      // What runs goes on running, and is as healthy as it is.
      const seen = {
        sync: 'Unknown',
        revision: application.spec.source.targetRevision,
        health: worstHealth(
          this.#tracked(name)
            .map(healthOf)
            .filter(health => health !== undefined),
        ),
        resources: application.status?.resources ?? [],
        condition: { type: 'ComparisonError', message },
      } as const;
      this.#setStatus(name, observe(application, seen, this.#now()));
    }
  }

  #reconcile(
    application: Application,
    project: KubernetesObject,
    build: Build,
    manifests: Manifests,
  ): void {
    const { name } = application.metadata;
    const desired = manifests.objects.map(object =>
      withTracking(object, application),
    );
    const { isDue, problem } = this.#decide(
      application,
      this.#compare(name, desired),
      build.commit,
    );
    let { history, operationState } = application.status ?? {};
    if (isDue) {
      const operation = syncApplication({
        application,
        project,
        desired,
        tracked: this.#tracked(name),
        revision: build.commit,
        applier: this.#applier,
        store: this.#store,
        now: this.#now(),
      });
      ({ history, operationState } = this.#record(
        application,
        build,
        operation,
      ));
    }
    const failed =
      operationState?.phase === 'Failed' &&
      operationState.syncResult.revision === build.commit;
    const message = failed
      ? `Failed last sync attempt to [${build.commit}]: ${operationState?.message}`
      : problem;
    const resources = this.#compare(name, desired);
    const health = desired.map(object => {
      const live = findResourceType(object) && this.#applier.live(object);
      return live ? healthOf(live) : 'Missing';
    });
    const seen = {
      sync: resources.every(({ status }) => status === 'Synced')
        ? 'Synced'
        : 'OutOfSync',
      revision: build.commit,
      health: worstHealth(health.filter(status => status !== undefined)),
      resources,
      condition: message
        ? ({ type: 'SyncError', message } as const)
        : undefined,
    } as const;
    const { sourceType } = manifests;
    const rest = {
      history,
      operationState,
      sourceType,
      summary: { images: imagesOf(desired) },
    };
    const { spec, status } = application;
    this.#setStatus(
      name,
      observe(
        { spec, status: { ...status, ...rest } as ApplicationStatus },
        seen,
        this.#now(),
      ),
    );
  }

  #compare(name: string, desired: Draft[]): ResourceStatus[] {
    const wanted = new Set(desired.map(identity));
    return [
      ...desired.map(object =>
        resourceStatus(
          object,
          findResourceType(object) && this.#applier.isSynced(object)
            ? 'Synced'
            : 'OutOfSync',
        ),
      ),
      ...this.#tracked(name)
        .filter(object => !wanted.has(identity(object)))
        .map(object => resourceStatus(object, 'OutOfSync', true)),
    ];
  }

  /** Whether to sync now, by the rules of automated sync. */
  #decide(
    application: Application,
    resources: ResourceStatus[],
    commit: string,
  ): { isDue: boolean; problem?: string } {
    const automated = application.spec.syncPolicy?.automated;
    const outOfSync = resources.filter(({ status }) => status !== 'Synced');
    const onlyPrune = outOfSync.every(({ requiresPruning }) => requiresPruning);
    if (
      !automated ||
      outOfSync.length === 0 ||
      (onlyPrune && !automated.prune)
    ) {
      return { isDue: false };
    }
    const last = application.status?.operationState;
    // At a revision that was tried already, a failed sync waits for its retry, and a good one needs self-heal.
    const mayRepeat =
      last?.phase === 'Failed'
        ? this.#retries.isDue(application.metadata.name, this.#now())
        : automated.selfHeal;
    if (last?.syncResult.revision === commit && !mayRepeat) {
      return { isDue: false };
    }
    return resources.every(({ requiresPruning }) => requiresPruning) &&
      !automated.allowEmpty
      ? {
          isDue: false,
          problem: `Skipping sync attempt to [${commit}]: auto-sync will wipe out all resources`,
        }
      : { isDue: true };
  }

  /** What an operation leaves in the status. */
  #record(
    application: Application,
    build: Build,
    operationState: OperationState,
  ) {
    const { name, creationTimestamp } = application.metadata;
    const history = application.status?.history ?? [];
    if (operationState.phase === 'Failed') {
      this.#retries.schedule(name, this.#now(), () => this.refresh(name));
      return { history, operationState };
    }
    this.#retries.forget(name);
    const saved = this.#saved.get(name);
    if (!application.status?.operationState && saved?.inputs === build.inputs) {
      // The sandbox has started again: nothing was deployed that had not been before.
      return { history, operationState: saved.operationState };
    }
    const { startedAt, finishedAt, syncResult } = operationState;
    const entry: HistoryEntry = {
      id: (history[history.length - 1]?.id ?? -1) + 1,
      revision: syncResult.revision,
      source: syncResult.source,
      deployStartedAt: startedAt,
      deployedAt: finishedAt,
      initiatedBy: { automated: true },
    };
    const longer = [...history, entry].slice(-HISTORY_LIMIT);
    this.#saved.set(name, {
      creationTimestamp,
      inputs: build.inputs,
      history: longer,
      operationState,
    });
    return { history: longer, operationState };
  }

  #find(name: string): Application | undefined {
    return this.#store.get<Application>('applications', NAMESPACE, name);
  }

  /** What an Application has made, and still owns. */
  #tracked(name: string): KubernetesObject[] {
    return this.#store
      .all()
      .filter(object => trackingApplication(object) === name);
  }

  #setStatus(name: string, status: ApplicationStatus): void {
    const application = this.#find(name);
    if (application) {
      this.#store.setStatus(application as KubernetesObject, status as Fields);
    }
  }
}
