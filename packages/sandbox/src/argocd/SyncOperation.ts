import { type Draft, timestamp } from '../kubernetes/KubernetesObject';
import { apiGroup } from '../kubernetes/ResourceType';
import type { OperationState, ResourceResult, SyncPhase } from './Application';
import type { Build } from './BuildCache';
import {
  deletePolicies,
  hookPhases,
  hookResult,
  isHook,
  isSkipped,
  syncWave,
} from './hooks';
import {
  applyObject,
  hasInvalidTasks,
  syncApplication,
  type SyncApplicationOptions,
} from './syncApplication';
import { resourceId } from './tracking';

const PHASES: SyncPhase[] = ['PreSync', 'Sync', 'PostSync'];
const UNSUCCESSFUL =
  'one or more synchronization tasks completed unsuccessfully';

/** One run of a hook in a phase. */
interface HookTask {
  hook: Draft;
  phase: SyncPhase;
  result?: ResourceResult;
}

interface SyncOperationOptions
  extends Omit<SyncApplicationOptions, 'revision' | 'now'> {
  build: Build;
  /** The current time in milliseconds. */
  now: () => number;
}

/**
 * A sync of an Application with its hooks, which may take a while: call {@link advance} until it has ended.
 *
 * @see argoproj/argo-cd v3.5 gitops-engine/pkg/sync/sync_context.go
 */
export class SyncOperation {
  readonly build: Build;
  readonly #options: SyncOperationOptions;
  readonly #startedAt: number;
  readonly #tasks: HookTask[];
  readonly #desired: Draft[];
  /** Result of applying the objects that are not hooks. */
  #applied: OperationState | undefined;
  /** Message of the failure, while the hooks of failures run. */
  #failure: string | undefined;

  constructor(options: SyncOperationOptions) {
    this.build = options.build;
    this.#options = options;
    this.#startedAt = options.now();
    const hooks = options.desired.filter(isHook);
    this.#desired = options.desired.filter(
      object => !isHook(object) && !isSkipped(object),
    );
    this.#tasks = hooks
      .flatMap(hook => hookPhases(hook).map(phase => ({ hook, phase })))
      .sort(
        (one, other) =>
          syncWave(one.hook) - syncWave(other.hook) ||
          one.hook.metadata.name.localeCompare(other.hook.metadata.name),
      );
  }

  /** Takes all steps that are possible now. The operation has ended unless its phase is `Running`. */
  advance(): OperationState {
    if (!this.#applied && hasInvalidTasks(this.#options)) {
      return this.#apply(this.#options.desired);
    }
    for (const phase of this.#failure === undefined ? PHASES : []) {
      if (phase === 'Sync' && !this.#applied) {
        this.#applied = this.#apply(this.#desired);
      }
      if (this.#applied?.phase === 'Failed') {
        this.#failure = this.#applied.message;
        break;
      }
      const running = this.#run(phase);
      if (running.length > 0) {
        return this.#running(running);
      }
      if (this.#tasks.some(({ result }) => isUnsuccessful(result))) {
        this.#failure = this.#failureMessage();
        break;
      }
    }
    return this.#failure === undefined
      ? this.#succeed()
      : this.#fail(this.#failure);
  }

  /** Starts the hooks of a phase, wave by wave. @returns those that run. */
  #run(phase: SyncPhase): HookTask[] {
    const tasks = this.#tasks.filter(task => task.phase === phase);
    for (const wave of new Set(tasks.map(({ hook }) => syncWave(hook)))) {
      const inWave = tasks.filter(({ hook }) => syncWave(hook) === wave);
      inWave.forEach(task => this.#update(task));
      const running = inWave.filter(
        ({ result }) => result?.hookPhase === 'Running',
      );
      if (
        running.length > 0 ||
        inWave.some(({ result }) => isUnsuccessful(result))
      ) {
        return running;
      }
    }
    return [];
  }

  /** Starts a hook, or reads the result of a started one. */
  #update(task: HookTask): void {
    const { applier, store } = this.#options;
    const { hook, phase } = task;
    if (!task.result) {
      const existing = applier.getLive(hook);
      if (existing && deletePolicies(hook).includes('BeforeHookCreation')) {
        store.delete(existing);
      }
      task.result = {
        ...applyObject(hook, applier, false),
        hookType: phase,
        syncPhase: phase,
      };
    }
    if (task.result.hookPhase !== 'Running') {
      return;
    }
    const live = applier.getLive(hook);
    const { group, kind, name, message } = task.result;
    if (!live) {
      task.result = {
        ...task.result,
        status: 'SyncFailed',
        hookPhase: 'Error',
        message: `Resource ${group}/${kind}/${name} is missing, it might have been deleted`,
      };
      return;
    }
    const found = hookResult(live);
    task.result = {
      ...task.result,
      hookPhase: found.hookPhase,
      message: found.message || message,
    };
  }

  #running(tasks: HookTask[]): OperationState {
    const [{ hook }] = tasks;
    const more = tasks.length > 1 ? ` and ${tasks.length - 1} more hooks` : '';
    return this.#state(
      'Running',
      `waiting for completion of hook ${apiGroup(hook.apiVersion)}/${
        hook.kind
      }/${hook.metadata.name}${more}`,
    );
  }

  #succeed(): OperationState {
    this.#deleteHooks('HookSucceeded');
    const endsWithHooks = this.#tasks.some(({ phase }) =>
      ['Sync', 'PostSync'].includes(phase),
    );
    return this.#state(
      'Succeeded',
      endsWithHooks
        ? 'successfully synced (no more tasks)'
        : 'successfully synced (all tasks run)',
    );
  }

  #fail(message: string): OperationState {
    this.#deleteHooks('HookFailed');
    const running = this.#run('SyncFail');
    if (running.length > 0) {
      return this.#running(running);
    }
    this.#deleteHooks('HookFailed');
    const failed = this.#tasks.filter(
      ({ phase, result }) =>
        phase === 'SyncFail' && result?.status === 'SyncFailed',
    );
    const more =
      failed.length > 0
        ? `\none or more SyncFail hooks failed, reason: ${failed
            .map(({ result }) => result?.message)
            .join(',')}`
        : '';
    return this.#state('Failed', `${message}${more}`);
  }

  #failureMessage(): string {
    const reasons = this.#tasks.flatMap(({ result }) =>
      result?.status === 'SyncFailed' ? [result.message] : [],
    );
    return reasons.length > 0
      ? `${UNSUCCESSFUL}, reason: ${reasons.join(',')}`
      : UNSUCCESSFUL;
  }

  #deleteHooks(policy: 'HookSucceeded' | 'HookFailed'): void {
    const { applier, store } = this.#options;
    for (const { hook, result } of this.#tasks) {
      const live = result && applier.getLive(hook);
      if (
        live &&
        result.hookPhase !== 'Running' &&
        deletePolicies(hook).includes(policy)
      ) {
        store.delete(live);
      }
    }
  }

  #apply(desired: Draft[]): OperationState {
    const { build, now, ...options } = this.#options;
    const hookIds = new Set(this.#tasks.map(({ hook }) => resourceId(hook)));
    return syncApplication({
      ...options,
      tracked: options.tracked.filter(
        object => !isHook(object) && !hookIds.has(resourceId(object)),
      ),
      desired,
      revision: build.commit,
      now: now(),
    });
  }

  #state(phase: OperationState['phase'], message: string): OperationState {
    const { build, now, ...options } = this.#options;
    const template =
      this.#applied ??
      syncApplication({
        ...options,
        desired: [],
        tracked: [],
        revision: build.commit,
        now: now(),
      });
    const hookResults = this.#tasks.flatMap(({ result }) => result ?? []);
    const { finishedAt, ...state } = template;
    return {
      ...state,
      phase,
      message,
      startedAt: timestamp(this.#startedAt),
      ...(phase !== 'Running' && { finishedAt: timestamp(now()) }),
      syncResult: {
        ...state.syncResult,
        resources: [
          ...hookResults.filter(({ syncPhase }) => syncPhase === 'PreSync'),
          ...(this.#applied?.syncResult.resources ?? []),
          ...hookResults.filter(({ syncPhase }) => syncPhase !== 'PreSync'),
        ],
      },
    };
  }
}

function isUnsuccessful(result: ResourceResult | undefined): boolean {
  return ['Failed', 'Error'].includes(result?.hookPhase ?? '');
}
