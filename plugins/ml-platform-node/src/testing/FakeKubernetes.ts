import { once } from 'node:events';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { ClusterStore, TypeStatus } from '../clusterStore';
import {
  objectTypes,
  type ObjectTypeDefinition,
} from '../clusterStore/objectTypes';
import { FakeHistory, type FakeEvent } from './FakeHistory';
import { FakePages } from './FakePages';
import { FakeWatches, writeEvent } from './FakeWatches';

/** An object as a test writes it. */
export interface FakeObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; [field: string]: unknown };
  [field: string]: unknown;
}

const NOTICE_MS = 10;
const SETTLE_MS = 15_000;

/** An API server over HTTP that answers lists, watches and logs, and fails in the ways that API servers fail. */
export class FakeKubernetes {
  static async start(): Promise<FakeKubernetes> {
    const fake = new FakeKubernetes();
    fake.#server.listen(0, '127.0.0.1');
    await once(fake.#server, 'listening');
    fake.#port = (fake.#server.address() as AddressInfo).port;
    return fake;
  }

  /** Changes, of the array or within, reach the watches in a moment. */
  objects: FakeObject[] = [];
  /** Log text by `<namespace>/<pod>`. */
  logs = new Map<string, string>();
  /** Who follows a log now. */
  readonly logReaders = new Set<ServerResponse>();
  /** By plural: the status that lists and watches of this type answer with. */
  failures: Record<string, number> = {};
  /** Seconds in the header that goes with failures. */
  retryAfter: number | undefined;
  /** The `continue` token of the next page request is refused once as expired. */
  expireNextPage = false;
  /** The only token that is accepted; all are when it is undefined. */
  acceptedToken: string | undefined;
  /** How far its clock is ahead, as its answers say. Times in objects are the test's. */
  clockAheadMs = 0;
  /** Paths with queries, in order. */
  requests: string[] = [];

  #port = 0;
  #missingGroups: readonly string[] = [];
  #behaviour: 'normal' | 'silent' | number = 'normal';
  readonly #history = new FakeHistory();
  readonly #watches = new FakeWatches();
  readonly #pages = new FakePages();
  readonly #timer = setInterval(
    () => this.#publishChanges(),
    NOTICE_MS,
  ).unref();
  readonly #server = http.createServer((request, response) =>
    this.#respond(request, response),
  );

  private constructor() {}

  /** `silent`: takes requests and never answers, and says nothing to watches. A number: answers everything with this status. */
  get behaviour(): 'normal' | 'silent' | number {
    return this.#behaviour;
  }

  set behaviour(behaviour: 'normal' | 'silent' | number) {
    this.#publishChanges();
    this.#behaviour = behaviour;
    if (typeof behaviour === 'number') {
      this.resetWatches();
    }
  }

  /** Group names whose custom resource definitions are not installed; to take one away ends its watches. */
  get missingGroups(): readonly string[] {
    return this.#missingGroups;
  }

  set missingGroups(groups: readonly string[]) {
    this.#missingGroups = groups;
    groups.forEach(group => this.#watches.end(group));
  }

  get version(): number {
    this.#publishChanges();
    return this.#history.version;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** What it has of a kind, each with its version, as the API server would send it. */
  list(kind: string): FakeObject[] {
    this.#publishChanges();
    return this.#history.list(kind);
  }

  /** For `kubernetes` in app-config; `name` is the name of the cluster. */
  config(name: string) {
    return {
      serviceLocatorMethod: { type: 'multiTenant' },
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: [
            {
              name,
              url: this.url,
              authProvider: 'serviceAccount',
              serviceAccountToken: 'a-token',
              skipTLSVerify: true,
              skipMetricsLookup: true,
            },
          ],
        },
      ],
    };
  }

  /** Breaks all connections of watches. */
  resetWatches(): void {
    this.#watches.reset();
  }

  /** Watches can go on from now only; earlier versions are expired. */
  forgetHistory(): void {
    this.#publishChanges();
    this.#history.forget();
  }

  /** Sends events that no change of the objects made, to the watches of their type. */
  send(type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'ERROR', object: FakeObject) {
    this.#watches.send(({ kind }) =>
      object.kind === kind ? { type, object } : undefined,
    );
  }

  /** Waits until a store that follows nothing but this server has all of it; or, while it fails, says so for all types. */
  async settled(store: ClusterStore): Promise<void> {
    const deadline = Date.now() + SETTLE_MS;
    const isSettled = (status: TypeStatus) => {
      const type = objectTypes[status.type];
      if (this.#behaviour === 'silent') {
        return status.problem?.kind === 'timeout';
      }
      if (
        this.#behaviour !== 'normal' ||
        this.failures[type.plural] !== undefined
      ) {
        // A broken watch comes first, and what the server answers then.
        return (
          status.problem !== undefined && status.problem.kind !== 'unreachable'
        );
      }
      return this.missingGroups.includes(type.group)
        ? status.state === 'absent'
        : status.problem === undefined &&
            status.resourceVersion === String(this.#history.version) &&
            this.#watches.has(type);
    };
    this.#publishChanges();
    while (!store.status().every(isSettled)) {
      if (Date.now() > deadline) {
        const late = store.status().filter(status => !isSettled(status));
        throw new Error(`Not settled: ${JSON.stringify(late)}`);
      }
      this.#publishChanges();
      this.#bookmark();
      await delay(NOTICE_MS);
    }
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    const closed = once(this.#server, 'close');
    // One that was on its way would keep the server open, and a test waiting for it.
    this.#server.on('connection', socket => socket.destroy());
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  #publishChanges() {
    for (const event of this.#history.record(this.objects)) {
      this.#watches.send(type => this.#eventFor(type, event));
    }
  }

  #bookmark() {
    if (this.#behaviour === 'normal') {
      const metadata = { resourceVersion: String(this.#history.version) };
      this.#watches.send(({ kind }) => ({
        type: 'BOOKMARK',
        object: { kind, metadata },
      }));
    }
  }

  /** What a watch of a type says of an event, if anything. */
  #eventFor(
    { kind, fieldSelector }: ObjectTypeDefinition,
    { type, object }: FakeEvent,
  ) {
    return object.kind === kind &&
      isSelected(object, fieldSelector) &&
      this.#behaviour === 'normal'
      ? { type, object }
      : undefined;
  }

  #respond(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? '/', 'http://fake');
    this.requests.push(url.pathname + url.search);
    if (this.#behaviour === 'silent') {
      return;
    }
    response.setHeader(
      'date',
      new Date(Date.now() + this.clockAheadMs).toUTCString(),
    );
    if (this.#behaviour !== 'normal') {
      this.#fail(response, this.#behaviour);
      return;
    }
    const { authorization } = request.headers;
    if (
      this.acceptedToken !== undefined &&
      authorization !== `Bearer ${this.acceptedToken}`
    ) {
      this.#fail(response, 401);
      return;
    }
    if (url.pathname === '/version') {
      send(response, 200, { major: '1' });
      return;
    }
    const log = /^\/api\/v1\/namespaces\/([^/]+)\/pods\/([^/]+)\/log$/.exec(
      url.pathname,
    );
    if (log) {
      const pod = `${log[1]}/${log[2]}`;
      const text = this.logs.get(pod);
      if (text !== undefined && url.searchParams.get('follow') === 'true') {
        this.#followLog(pod, response);
        return;
      }
      // A real server has no content for a pod without a node, instead of an empty one.
      const found = text ? 200 : 204;
      response.statusCode = text === undefined ? 404 : found;
      response.end(text);
      return;
    }
    this.#respondForType(url, response);
  }

  /** Sends what is added to the text, until the log is removed. */
  #followLog(pod: string, response: ServerResponse) {
    response.writeHead(200, { 'Content-Type': 'text/plain' });
    response.flushHeaders();
    this.logReaders.add(response);
    let sent = 0;
    const timer = setInterval(() => {
      const text = this.logs.get(pod);
      if (text === undefined) {
        response.end();
      } else if (text.length > sent) {
        response.write(text.slice(sent));
        sent = text.length;
      }
    }, NOTICE_MS);
    response.on('close', () => {
      clearInterval(timer);
      this.logReaders.delete(response);
    });
  }

  #respondForType({ pathname, searchParams }: URL, response: ServerResponse) {
    const match =
      /^\/(?:api|apis\/(?<group>[^/]+))\/[^/]+\/(?<plural>[^/]+)$/.exec(
        pathname,
      );
    const { group = '', plural } = match?.groups ?? {};
    const type = Object.values(objectTypes).find(
      candidate => candidate.group === group && candidate.plural === plural,
    );
    if (!type || this.missingGroups.includes(group)) {
      this.#fail(response, 404);
      return;
    }
    if (this.failures[plural] !== undefined) {
      this.#fail(response, this.failures[plural]);
      return;
    }
    this.#publishChanges();
    if (searchParams.has('watch')) {
      this.#watch(type, Number(searchParams.get('resourceVersion')), response);
    } else {
      this.#list(type, searchParams, response);
    }
  }

  #watch(
    type: ObjectTypeDefinition,
    version: number,
    response: ServerResponse,
  ) {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    if (version < this.#history.oldest) {
      writeEvent(response, { type: 'ERROR', object: { code: 410 } });
      response.end();
      return;
    }
    for (const event of this.#history.events) {
      const said = this.#eventFor(type, event);
      if (said && event.version > version) {
        writeEvent(response, said);
      }
    }
    this.#watches.add(response, type);
  }

  #list(
    type: ObjectTypeDefinition,
    query: URLSearchParams,
    response: ServerResponse,
  ) {
    const token = query.get('continue');
    if (this.expireNextPage && token) {
      this.expireNextPage = false;
      this.#fail(response, 410);
      return;
    }
    const { metadata, items } = this.#pages.page(
      token,
      Number(query.get('limit') ?? Infinity),
      this.#history.version,
      () =>
        this.#history
          .list(type.kind)
          .filter(object => isSelected(object, type.fieldSelector)),
    );
    send(response, 200, {
      kind: `${type.kind}List`,
      apiVersion: type.apiVersion,
      metadata,
      items: items.map(({ kind, apiVersion, ...rest }) => rest),
    });
  }

  #fail(response: ServerResponse, status: number) {
    if (this.retryAfter !== undefined) {
      response.setHeader('retry-after', String(this.retryAfter));
    }
    send(response, status, { code: status, message: 'dial tcp 10.0.0.1:443' });
  }
}

/** The one field selector that the store uses. */
function isSelected(object: FakeObject, selector: string | undefined): boolean {
  return selector === undefined || object.type !== 'Normal';
}

function send(response: ServerResponse, status: number, body: unknown) {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(body));
}
