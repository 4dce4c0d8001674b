import { once } from 'node:events';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { ClusterStore } from '../clusterStore';
import {
  objectTypes,
  type ObjectTypeDefinition,
} from '../clusterStore/objectTypes';
import { clusterConfig } from './clusterConfig';
import { FakeHistory, selects, type FakeEvent } from './FakeHistory';
import { FakePages } from './FakePages';
import { FakeLogs } from './FakeLogs';
import type { FakeObject } from './FakeObject';
import { FakeWatches } from './FakeWatches';
import { isSettled, type FakeServerState } from './isSettled';
import { sendEvent, sendJson } from './responses';

const POLL_MS = 10;
/** Deadline of tests that fail; passing tests never reach it. */
const SETTLE_MS = 100_000;

/** An HTTP server with the lists, watches and logs of an API server, and the ways in which API servers fail. */
export class FakeKubernetes {
  static async start(): Promise<FakeKubernetes> {
    const fake = new FakeKubernetes();
    fake.#server.listen(0, '127.0.0.1');
    await once(fake.#server, 'listening');
    fake.#port = (fake.#server.address() as AddressInfo).port;
    return fake;
  }

  /** The objects of the cluster. Modify them in place: watches get the changes. */
  objects: FakeObject[] = [];
  /** Status of lists and watches of a type, by its plural. */
  failures: Record<string, number> = {};
  /** `Retry-After` header of failures, in seconds. */
  retryAfter: number | undefined;
  /** Rejects the next `continue` token as expired. */
  expireNextPage = false;
  /** The only accepted token; undefined accepts all. */
  acceptedToken: string | undefined;
  /** Offset of the `Date` header from the test's clock. */
  clockAheadMs = 0;
  /** Paths with queries of all requests, in order. */
  requests: string[] = [];
  /** Called with the path and query of each request. */
  onRequest: (path: string) => void = () => {};

  readonly #logs = new FakeLogs();
  #port = 0;
  #missingGroups: readonly string[] = [];
  #behaviour: 'normal' | 'silent' | number = 'normal';
  readonly #history = new FakeHistory();
  readonly #watches = new FakeWatches();
  readonly #pages = new FakePages(this.#history);
  readonly #timer = setInterval(() => this.#publishChanges(), POLL_MS).unref();
  readonly #server = http.createServer((request, response) =>
    this.#respond(request, response),
  );

  private constructor() {}

  /** `silent`: accepts requests without a response, and sends no events. A number: responds to all requests with this status. */
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

  /** API groups, or their versions (`group/version`), that are not served. Adding one ends its watches. */
  get missingGroups(): readonly string[] {
    return this.#missingGroups;
  }

  set missingGroups(groups: readonly string[]) {
    this.#missingGroups = groups;
    groups.forEach(group => this.#watches.end(group));
  }

  /** Log text by `<namespace>/<pod>`. */
  get logs(): Map<string, string> {
    return this.#logs.texts;
  }

  /** Responses that follow a log now. */
  get logReaders(): Set<ServerResponse> {
    return this.#logs.readers;
  }

  get version(): number {
    this.#publishChanges();
    return this.#history.version;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Lists the objects of a kind with their resource versions, as an API server sends them. */
  list(kind: string): FakeObject[] {
    this.#publishChanges();
    return this.#history.list(kind);
  }

  /** The section `kubernetes` of app-config, with this server as the cluster `name`. */
  config(name: string) {
    return clusterConfig(name, this.url);
  }

  /** Breaks the connections of all watches. */
  resetWatches(): void {
    this.#watches.reset();
  }

  /** Expires all earlier resource versions. */
  forgetHistory(): void {
    this.#publishChanges();
    this.#history.forget();
  }

  /** Sends an event that is not the result of a change. */
  send(type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'ERROR', object: FakeObject) {
    this.#watches.send(({ kind }) =>
      object.kind === kind ? { type, object } : undefined,
    );
  }

  /** Waits until a store of only this cluster is in sync, or reports the problem of all types while this server fails. */
  async settled(store: ClusterStore): Promise<void> {
    const deadline = performance.now() + SETTLE_MS;
    this.#publishChanges();
    for (;;) {
      const late = store
        .status()
        .filter(status => !isSettled(status, this.#state()));
      if (late.length === 0) {
        return;
      }
      if (performance.now() > deadline) {
        throw new Error(`Not settled: ${JSON.stringify(late)}`);
      }
      this.#publishChanges();
      this.#bookmark();
      await delay(POLL_MS);
    }
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    const closed = once(this.#server, 'close');
    // A connection that is being opened would keep the server from closing.
    this.#server.on('connection', socket => socket.destroy());
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  #state(): FakeServerState {
    return {
      behaviour: this.#behaviour,
      failures: this.failures,
      missingGroups: this.#missingGroups,
      version: String(this.#history.version),
      watches: this.#watches,
    };
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

  /** @returns the event for watches of a type; undefined if they do not select the object. */
  #eventFor(definition: ObjectTypeDefinition, { type, object }: FakeEvent) {
    return selects(definition, object) && this.#behaviour === 'normal'
      ? { type, object }
      : undefined;
  }

  #respond(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? '/', 'http://fake');
    this.requests.push(url.pathname + url.search);
    this.onRequest(url.pathname + url.search);
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
      sendJson(response, 200, { major: '1' });
      return;
    }
    if (!this.#logs.respond(url, response)) {
      this.#respondForType(url, response);
    }
  }

  #respondForType({ pathname, searchParams }: URL, response: ServerResponse) {
    const match =
      /^\/(?:api|apis\/(?<group>[^/]+))\/(?<version>[^/]+)\/(?<plural>[^/]+)$/.exec(
        pathname,
      );
    const { group = '', version, plural } = match?.groups ?? {};
    const names = [group, `${group}/${version}`];
    const type = Object.values(objectTypes).find(
      candidate => candidate.group === group && candidate.plural === plural,
    );
    if (!type || names.some(name => this.missingGroups.includes(name))) {
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
      sendEvent(response, { type: 'ERROR', object: { code: 410 } });
      response.end();
      return;
    }
    for (const event of this.#history.events) {
      const said = this.#eventFor(type, event);
      if (said && event.version > version) {
        sendEvent(response, said);
      }
    }
    this.#watches.add(response, type);
  }

  #list(
    type: ObjectTypeDefinition,
    query: URLSearchParams,
    response: ServerResponse,
  ) {
    if (this.expireNextPage && query.has('continue')) {
      this.expireNextPage = false;
      this.#fail(response, 410);
      return;
    }
    sendJson(response, 200, this.#pages.page(type, query));
  }

  #fail(response: ServerResponse, status: number) {
    if (this.retryAfter !== undefined) {
      response.setHeader('retry-after', String(this.retryAfter));
    }
    sendJson(response, status, {
      code: status,
      message: 'dial tcp 10.0.0.1:443',
    });
  }
}
