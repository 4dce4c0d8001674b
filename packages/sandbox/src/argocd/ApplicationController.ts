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
  NAMESPACE,
  type OperationState,
  type ResourceStatus,
  type SavedApplication,
} from './Application';
import { Applier } from './Applier';
import {
  imagesOf,
  observe,
  type Observation,
  resourceStatus,
} from './applicationStatus';
import { decideSync, withDeployment } from './automatedSync';
import type { Build, Manifests } from './buildManifests';
import { healthOf, worstHealth } from './health';
import { applicationProblem, objectProblem } from './projects';
import { syncApplication } from './syncApplication';
import { RETRY_LIMIT, SyncRetries } from './SyncRetries';
import { identity, trackingApplication, withTracking } from './tracking';

export interface ApplicationControllerOptions {
  store: ObjectStore;
  saved: SavedState<SavedApplication>;
  now: () => number;
}

/** Compares Applications with the cluster, syncs them and keeps their status, as Argo CD's application controller. */
export class ApplicationController {
  readonly #store: ObjectStore;
  readonly #saved: SavedState<SavedApplication>;
  readonly #now: () => number;
  readonly #applier: Applier;
  readonly #builds = new Map<string, Build>();
  readonly #retries = new SyncRetries();
  /** What was synced last, or failed to be, as `Build.inputs`. */
  readonly #tried = new Map<string, string>();

  constructor({ store, saved, now }: ApplicationControllerOptions) {
    this.#store = store;
    this.#saved = saved;
    this.#now = now;
    this.#applier = new Applier(store);
  }

  stop(): void {
    this.#retries.stop();
  }

  /** Creates or changes an Application, and brings the cluster to what was built for it. */
  update(draft: Draft, build: Build): void {
    const { name } = draft.metadata;
    const existing = this.#find(name);
    // A commit elsewhere is no reason to try again.
    if (this.#builds.get(name)?.inputs !== build.inputs) {
      this.#retries.forget(name);
    }
    this.#builds.set(name, build);
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
    this.#tried.delete(name);
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
      this.#observe(application, {
        sync: 'Unknown',
        revision: '',
        health: 'Unknown',
        resources: [],
        condition: { type: 'InvalidSpecError', message: invalid ?? '' },
      });
    } else if (build.manifests) {
      this.#reconcile(application, project, build, build.manifests);
    } else {
      const tracked = this.#tracked(name);
      const message = `Failed to load target state: failed to generate manifest for source 1 of 1: rpc error: code = Unknown desc = ${build.error}`;
      // What runs goes on running, and is as healthy as it is.
      this.#observe(application, {
        sync: 'Unknown',
        revision: application.spec.source.targetRevision,
        health: worstHealth(
          tracked.map(healthOf).filter(health => health !== undefined),
        ),
        // Nobody knows any more whether Git wants them.
        resources: tracked.map(object =>
          resourceStatus(object, 'Unknown', true),
        ),
        condition: { type: 'ComparisonError', message },
      });
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
    const { isDue, problem } = decideSync({
      application,
      resources: this.#compare(application, project, desired),
      commit: build.commit,
      wasTried: this.#tried.get(name) === build.inputs,
      isRetryDue: this.#retries.isDue(name, this.#now()),
    });
    let { history, operationState } = application.status ?? {};
    if (isDue) {
      this.#tried.set(name, build.inputs);
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
      this.#tried.get(name) === build.inputs;
    const message = failed
      ? `Failed last sync attempt to [${operationState?.syncResult.revision}]: ${operationState?.message}`
      : problem;
    const resources = this.#compare(application, project, desired);
    const health = desired.map(object => {
      const live = findResourceType(object) && this.#applier.live(object);
      return live ? healthOf(live) : 'Missing';
    });
    const { status } = application;
    const images = imagesOf(desired);
    const rest = {
      history: history?.length ? history : undefined,
      operationState,
      sourceType: manifests.sourceType,
      summary: images.length > 0 ? { images } : {},
    };
    this.#observe(
      { ...application, status: { ...status, ...rest } as ApplicationStatus },
      {
        sync: resources.every(({ status: sync }) => sync === 'Synced')
          ? 'Synced'
          : 'OutOfSync',
        revision: build.commit,
        health: worstHealth(health.filter(each => each !== undefined)),
        resources,
        condition: message ? { type: 'SyncError', message } : undefined,
      },
    );
  }

  #compare(
    application: Application,
    project: KubernetesObject,
    desired: Draft[],
  ): ResourceStatus[] {
    const { name } = application.metadata;
    const wanted = new Set(desired.map(identity));
    return [
      ...desired.map(object =>
        resourceStatus(object, this.#syncOf(object, application, project)),
      ),
      ...this.#tracked(name)
        .filter(object => !wanted.has(identity(object)))
        .map(object => resourceStatus(object, 'OutOfSync', true)),
    ];
  }

  #syncOf(
    object: Draft,
    application: Application,
    project: KubernetesObject,
  ): ResourceStatus['status'] {
    if (objectProblem(object, application, project)) {
      return 'Unknown';
    }
    return findResourceType(object) && this.#applier.isSynced(object)
      ? 'Synced'
      : 'OutOfSync';
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
      return {
        history,
        operationState: this.#retried(application, operationState),
      };
    }
    this.#retries.forget(name);
    const saved = this.#saved.get(name);
    if (!application.status?.operationState && saved?.inputs === build.inputs) {
      // The sandbox has started again: nothing was deployed that had not been before.
      return { history, operationState: saved.operationState };
    }
    const longer = withDeployment(history, operationState);
    this.#saved.set(name, {
      creationTimestamp,
      inputs: build.inputs,
      history: longer,
      operationState,
    });
    return { history: longer, operationState };
  }

  /** A failed operation goes on until it was tried often enough. */
  #retried(
    application: Application,
    operationState: OperationState,
  ): OperationState {
    const { name } = application.metadata;
    const { message } = operationState;
    const last = application.status?.operationState;
    const startedAt =
      last?.phase === 'Running' ? last.startedAt : operationState.startedAt;
    const next = this.#retries.schedule(name, this.#now(), () =>
      this.refresh(name),
    );
    return next
      ? {
          ...operationState,
          startedAt,
          phase: 'Running',
          message: `${message}. Retrying attempt #${next.count} at ${clockTime(
            next.due,
          )}.`,
          retryCount: next.count,
        }
      : {
          ...operationState,
          startedAt,
          message: `${message} (retried ${RETRY_LIMIT} times).`,
          retryCount: RETRY_LIMIT,
        };
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

  #observe(application: Application, seen: Observation): void {
    const status = observe(application, seen, this.#now());
    this.#store.setStatus(application as KubernetesObject, status as Fields);
  }
}

/** `7:24PM`, as Go prints a time of the day. */
function clockTime(time: number): string {
  const [hours, minutes] = new Date(time)
    .toISOString()
    .slice(11, 16)
    .split(':');
  return `${Number(hours) % 12 || 12}:${minutes}${
    Number(hours) < 12 ? 'AM' : 'PM'
  }`;
}
