import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { Applier } from '../argocd/Applier';
import {
  ClusterState,
  ControllerLoop,
  createCluster,
  createControllers,
} from '../controllers';
import { ObjectStore } from '../kubernetes/ObjectStore';
import {
  type Draft,
  items,
  type KubernetesObject,
  text,
} from '../kubernetes/KubernetesObject';

const START = Date.parse('2026-11-23T12:00:00Z');

/** A cluster with all controllers, whose clock only the test advances. */
export class TestCluster {
  readonly store: ObjectStore;
  readonly #directory: string;
  readonly #state: ClusterState;
  readonly #loop: ControllerLoop;
  readonly #applier: Applier;
  #now: number;

  static async create(directory?: string, start = START): Promise<TestCluster> {
    const root = directory ?? (await mkdtemp(join(tmpdir(), 'sandbox-test-')));
    return new TestCluster(root, await ClusterState.open(root), start);
  }

  private constructor(directory: string, state: ClusterState, start: number) {
    this.#now = start;
    const now = () => this.#now;
    this.#directory = directory;
    this.#state = state;
    this.store = new ObjectStore({ now });
    createCluster(this.store, start);
    state.attach(this.store);
    this.#applier = new Applier(this.store, state.applied);
    const controllers = createControllers();
    const logger = {
      info: () => {},
      warn: (message: string) => fail(message),
      error: (message: string) => fail(message),
    };
    this.#loop = new ControllerLoop({
      store: this.store,
      controllers,
      now,
      logger,
    });
    this.apply('{apiVersion: v1, kind: Namespace, metadata: {name: team}}');
  }

  get now(): number {
    return this.#now;
  }

  /** Applies YAML documents to the namespace `team` and runs the controllers. */
  apply(manifests: string): void {
    for (const document of parseAllDocuments(manifests)) {
      const draft = document.toJS() as Draft;
      const metadata =
        draft.kind === 'Namespace'
          ? draft.metadata
          : { namespace: 'team', ...draft.metadata };
      this.#applier.apply({ ...draft, metadata });
    }
    this.#loop.run();
  }

  /** Advances the clock, and runs the controllers at each time that they requested. */
  advance(seconds: number): void {
    const end = this.#now + seconds * 1000;
    for (
      let requestedAt = this.#loop.run();
      requestedAt !== undefined && requestedAt <= end;
      requestedAt = this.#loop.run()
    ) {
      this.#now = Math.max(this.#now + 1, requestedAt);
    }
    this.#now = end;
    this.#loop.run();
  }

  get(plural: string, name: string): KubernetesObject | undefined {
    return this.store.get(plural, 'team', name);
  }

  list(plural: string): KubernetesObject[] {
    return this.store.list(plural, { namespace: 'team' });
  }

  /** `type=status reason` of the conditions of an object. */
  conditions(plural: string, name: string): string[] {
    return items(this.get(plural, name), 'status.conditions').map(
      ({ type, status, reason }) => `${type}=${status} ${reason}`,
    );
  }

  /** The waiting reason of each pod's first container, or else the pod's phase. */
  podStates(): string[] {
    return this.list('pods').map(pod =>
      text(
        items(pod, 'status.containerStatuses')[0],
        'state.waiting.reason',
        text(pod, 'status.phase'),
      ),
    );
  }

  /** `reason: message` of all events, oldest first. */
  events(): string[] {
    return this.list('events')
      .sort(
        (one, other) =>
          Number(one.metadata.resourceVersion) -
          Number(other.metadata.resourceVersion),
      )
      .map(({ reason, message }) => `${reason}: ${message}`);
  }

  /** Creates a cluster with the same state directory, as a new process does. */
  async restart(): Promise<TestCluster> {
    await this.#state.close();
    return TestCluster.create(this.#directory, this.#now);
  }

  async remove(): Promise<void> {
    await this.#state.close();
    await rm(this.#directory, { recursive: true, force: true });
  }
}

function fail(message: string): never {
  throw new Error(message);
}
