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
  ARGOCD_NAMESPACE,
  RESOURCES_FINALIZER,
  type SavedApplication,
} from './Application';
import { Applier, type AppliedConfigurations } from './Applier';
import {
  imagesOf,
  type Observation,
  resourceStatus,
  statusAfter,
} from './applicationStatus';
import { decideSync } from './automatedSync';
import type { Build } from './BuildCache';
import type { Manifests } from './buildManifests';
import { compareResources } from './compareResources';
import { healthOf, worstHealth } from './health';
import { isHook, isSkipped } from './hooks';
import { applicationProblem } from './projects';
import { SyncOperation } from './SyncOperation';
import { SyncRecords } from './SyncRecords';
import { trackedObjects, withTracking } from './tracking';

interface ApplicationControllerOptions {
  store: ObjectStore;
  /** State of Applications that survives a restart of the sandbox. */
  saved: SavedState<SavedApplication>;
  applied?: AppliedConfigurations;
  /** The current time in milliseconds. */
  now: () => number;
}

/** Simulates Argo CD's application controller: compares and syncs Applications, and updates their status. */
export class ApplicationController {
  readonly #store: ObjectStore;
  readonly #now: () => number;
  readonly #applier: Applier;
  readonly #builds = new Map<string, Build>();
  readonly #records: SyncRecords;
  /** Syncs whose hooks run, by Application. */
  readonly #operations = new Map<string, SyncOperation>();
  /** Applications whose sync ran or waited when the sandbox stopped. */
  readonly #interrupted = new Set<string>();

  constructor({ store, saved, applied, now }: ApplicationControllerOptions) {
    this.#store = store;
    this.#now = now;
    this.#applier = new Applier(store, applied);
    this.#records = new SyncRecords({
      saved,
      now,
      retry: application => this.refresh(application),
    });
    this.#forgetInterruptedOperations();
  }

  stop(): void {
    this.#records.stop();
  }

  /** Creates or updates an Application, and syncs the cluster with its build. */
  update(draft: Draft, build: Build): void {
    const { name } = draft.metadata;
    const existing = this.#find(name);
    // A commit that does not change the inputs is no reason to restart the retries.
    if (this.#builds.get(name)?.inputs !== build.inputs) {
      this.#records.cancelRetry(name);
    }
    this.#builds.set(name, build);
    if (existing) {
      this.#store.update({
        ...existing,
        spec: draft.spec,
        metadata: { ...existing.metadata, ...draft.metadata },
      } as KubernetesObject);
    } else {
      this.#create(draft, build);
    }
    this.refresh(name);
  }

  /** Deletes an Application and, if it has the resources finalizer, the objects that it has created. */
  delete(application: KubernetesObject): void {
    const { name, finalizers = [] } = application.metadata;
    this.#builds.delete(name);
    this.#operations.delete(name);
    this.#interrupted.delete(name);
    this.#records.delete(name);
    this.#store.delete(application);
    if (finalizers.includes(RESOURCES_FINALIZER)) {
      this.#tracked(name).forEach(object => this.#store.delete(object));
    }
  }

  /** Reconciles an Application, after a commit or a change of one of its objects. */
  refresh(name: string): void {
    const application = this.#find(name);
    const build = this.#builds.get(name);
    if (!application || !build) {
      return;
    }
    const project = this.#store.get(
      'appprojects',
      ARGOCD_NAMESPACE,
      application.spec.project,
    );
    const invalid = applicationProblem(application, project);
    if (invalid || !project) {
      this.#updateStatus(application, {
        sync: 'Unknown',
        revision: '',
        health: 'Unknown',
        resources: [],
        condition: { type: 'InvalidSpecError', message: invalid ?? '' },
      });
    } else if (build.manifests) {
      this.#reconcile(application, project, build, build.manifests);
    } else {
      this.#reportBuildError(application, build);
    }
  }

  /** A sync that ran or waited when the sandbox stopped starts again. */
  #forgetInterruptedOperations(): void {
    for (const found of this.#store.list<Application>('applications')) {
      const { operationState, ...status } = found.status ?? {};
      if (operationState?.phase === 'Running') {
        this.#store.setStatus(found as KubernetesObject, status);
        this.#interrupted.add(found.metadata.name);
      }
    }
  }

  #create(draft: Draft, build: Build): void {
    const saved = this.#records.saved(draft.metadata.name);
    // Created with a status, because clients hardly ever see a real Application without one.
    const status = statusAfter(
      { spec: draft.spec as ApplicationSpec },
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

  /** Reports a failed build; the live objects stay and keep their health. */
  #reportBuildError(application: Application, build: Build): void {
    const tracked = this.#tracked(application.metadata.name);
    this.#updateStatus(application, {
      sync: 'Unknown',
      revision: application.spec.source.targetRevision,
      health: worstHealth(
        tracked.map(healthOf).filter(health => health !== undefined),
      ),
      // Without manifests, all live objects look like candidates for pruning.
      resources: tracked.map(object => resourceStatus(object, 'Unknown', true)),
      condition: {
        type: 'ComparisonError',
        message: `Failed to load target state: failed to generate manifest for source 1 of 1: rpc error: code = Unknown desc = ${build.error}`,
      },
    });
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
    const compare = () =>
      compareResources({
        application,
        project,
        desired,
        tracked: this.#tracked(name),
        applier: this.#applier,
      });
    const { isDue, problem } = decideSync({
      application,
      resources: compare(),
      commit: build.commit,
      isAttempted: this.#records.isAttempted(name, build.inputs),
      isRetryDue: this.#records.isRetryDue(name),
    });
    let { history, operationState } = application.status ?? {};
    // Hooks may still have to run after all objects have been applied.
    const isInterrupted =
      this.#interrupted.delete(name) &&
      application.spec.syncPolicy?.automated !== undefined &&
      problem === undefined;
    if ((isDue || isInterrupted) && !this.#operations.has(name)) {
      this.#records.markAttempted(name, build.inputs);
      const operation = new SyncOperation({
        application,
        project,
        desired,
        tracked: this.#tracked(name),
        build,
        applier: this.#applier,
        store: this.#store,
        now: this.#now,
      });
      this.#operations.set(name, operation);
    }
    const operation = this.#operations.get(name);
    if (operation) {
      const state = operation.advance();
      if (state.phase === 'Running') {
        operationState = state;
      } else {
        this.#operations.delete(name);
        ({ history, operationState } = this.#records.record(
          application,
          operation.build,
          state,
        ));
        // Commits while hooks ran are synced now.
        if (operation.build.inputs !== build.inputs) {
          setImmediate(() => this.refresh(name));
        }
      }
    }
    const hasFailed =
      operationState?.phase === 'Failed' &&
      this.#records.isAttempted(name, build.inputs);
    const message = hasFailed
      ? `Failed last sync attempt to [${operationState?.syncResult.revision}]: ${operationState?.message}`
      : problem;
    const resources = compare();
    const managed = desired.filter(
      object => !isHook(object) && !isSkipped(object),
    );
    const health = managed.map(object => {
      const live = findResourceType(object) && this.#applier.getLive(object);
      return live ? healthOf(live) : 'Missing';
    });
    const images = imagesOf(desired);
    const status = {
      ...application.status,
      history: history?.length ? history : undefined,
      operationState,
      sourceType: manifests.sourceType,
      summary: images.length > 0 ? { images } : {},
    } as ApplicationStatus;
    this.#updateStatus(
      { ...application, status },
      {
        sync: resources.every(
          ({ status: sync = 'Synced' }) => sync === 'Synced',
        )
          ? 'Synced'
          : 'OutOfSync',
        revision: build.commit,
        health: worstHealth(health.filter(each => each !== undefined)),
        resources,
        condition: message ? { type: 'SyncError', message } : undefined,
      },
    );
  }

  #find(name: string): Application | undefined {
    return this.#store.get<Application>('applications', ARGOCD_NAMESPACE, name);
  }

  #tracked(name: string): KubernetesObject[] {
    return trackedObjects(this.#store, name);
  }

  #updateStatus(application: Application, observation: Observation): void {
    const status = statusAfter(application, observation, this.#now());
    this.#store.setStatus(application as KubernetesObject, status as Fields);
  }
}
