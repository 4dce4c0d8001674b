import { serve, type RunningServer } from '../http/serve';
import { createApiHandler } from '../kubernetes/createApiHandler';
import type { KubernetesObject } from '../kubernetes/KubernetesObject';
import { ObjectStore } from '../kubernetes/ObjectStore';

const TOKEN = { Authorization: 'Bearer sandbox-portal-token' };

interface WatchEvent {
  type: string;
  object: {
    kind: string;
    metadata: KubernetesObject['metadata'];
    [field: string]: unknown;
  };
}

/** A Kubernetes API with an empty store, a short history and a clock that only the test advances. */
export class ApiFixture {
  readonly #server: RunningServer;
  readonly store: ObjectStore;
  readonly #clock: { now: number };

  static async start(): Promise<ApiFixture> {
    const clock = { now: Date.parse('2026-11-23T12:00:00Z') };
    const now = () => clock.now;
    const store = new ObjectStore({ now, historyLimit: 20 });
    const logger = {
      info: () => {},
      warn: () => {},
      error: (message: string) => {
        throw new Error(message);
      },
    };
    const server = await serve({
      name: 'API',
      portFlag: '',
      host: '127.0.0.1',
      port: 0,
      createApp: () =>
        createApiHandler({
          store,
          repositoryUrl: 'http://127.0.0.1:7010/acme/platform.git',
          now,
          logger,
        }),
    });
    return new ApiFixture(server, store, clock);
  }

  private constructor(
    server: RunningServer,
    store: ObjectStore,
    clock: { now: number },
  ) {
    this.#server = server;
    this.store = store;
    this.#clock = clock;
  }

  get url(): string {
    return this.#server.url;
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }

  readonly advanceClock = (seconds: number): void => {
    this.#clock.now += seconds * 1000;
  };

  readonly createConfigMap = (
    name: string,
    labels: Record<string, string> = {},
    namespace = 'team',
  ): KubernetesObject =>
    this.store.create({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, namespace, labels },
      data: { a: '1' },
    });

  /** Gets a path, with the portal's token by default. */
  readonly get = async (
    path: string,
    headers: Record<string, string> = TOKEN,
  ) => {
    const response = await fetch(`${this.url}${path}`, { headers });
    const text = await response.text();
    return {
      status: response.status,
      body: text.startsWith('{') ? JSON.parse(text) : text,
    };
  };

  /** Opens a watch; `take` waits for the next events of it. */
  readonly watch = async (
    path: string,
    headers: Record<string, string> = {},
  ) => {
    const response = await fetch(`${this.url}${path}`, { headers });
    const reader = response
      .body!.pipeThrough(new TextDecoderStream())
      .getReader();
    let buffer = '';
    return {
      status: response.status,
      take: async (count: number): Promise<WatchEvent[]> => {
        for (;;) {
          const lines = buffer.split('\n');
          if (lines.length > count) {
            buffer = lines.slice(count).join('\n');
            return lines.slice(0, count).map(line => JSON.parse(line));
          }
          const { done, value } = await reader.read();
          if (done) {
            throw new Error(
              `the watch ended after ${lines.length - 1} of ${count} events`,
            );
          }
          buffer += value;
        }
      },
      cancel: () => reader.cancel(),
    };
  };
}

/** `<namespace>/<name>` of the items of a list. */
export function itemNames(list: { items: KubernetesObject[] }): string[] {
  return list.items.map(
    ({ metadata }) => `${metadata.namespace}/${metadata.name}`,
  );
}
