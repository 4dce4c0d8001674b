import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { Applier } from '../argocd/Applier';
import {
  ControllerLoop,
  createCluster,
  createControllers,
  FinishedJobs,
} from '../controllers';
import { ObjectStore } from '../kubernetes/ObjectStore';
import {
  type Draft,
  type KubernetesObject,
} from '../kubernetes/KubernetesObject';
import { SavedState } from '../SavedState';

const START = Date.parse('2026-11-23T12:00:00Z');

/** A cluster with all its controllers, in which time passes only when a test says so. */
export class TestCluster {
  readonly store: ObjectStore;
  readonly #directory: string;
  readonly #jobs: SavedState<never>;
  readonly #loop: ControllerLoop;
  readonly #applier: Applier;
  #now = START;

  static async create(directory?: string): Promise<TestCluster> {
    const root = directory ?? (await mkdtemp(join(tmpdir(), 'sandbox-test-')));
    return new TestCluster(
      root,
      await SavedState.open<never>(join(root, 'jobs.json')),
    );
  }

  private constructor(directory: string, jobs: SavedState<never>) {
    const now = () => this.#now;
    this.#directory = directory;
    this.#jobs = jobs;
    this.store = new ObjectStore({ now });
    createCluster(this.store, START);
    this.#applier = new Applier(this.store);
    const controllers = createControllers(new FinishedJobs(jobs));
    const logger = {
      info: () => {},
      warn: (text: string) => fail(text),
      error: (text: string) => fail(text),
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

  /** Applies YAML documents to the namespace `team`, and lets the controllers react. */
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

  /** Lets time pass, and the controllers act at each time that they have asked for. */
  pass(seconds: number): void {
    const end = this.#now + seconds * 1000;
    for (
      let wake = this.#loop.run();
      wake !== undefined && wake <= end;
      wake = this.#loop.run()
    ) {
      this.#now = Math.max(this.#now + 1, wake);
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

  /** The same state directory in a new process. */
  async restart(): Promise<TestCluster> {
    await this.#jobs.close();
    return TestCluster.create(this.#directory);
  }

  async remove(): Promise<void> {
    await this.#jobs.close();
    await rm(this.#directory, { recursive: true, force: true });
  }
}

function fail(text: string): never {
  throw new Error(text);
}
