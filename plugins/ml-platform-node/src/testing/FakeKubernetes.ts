import { once } from 'node:events';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { objectTypes } from '../clusterStore/objectTypes';

/** An object as a test writes it. */
export interface FakeObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; [field: string]: unknown };
  [field: string]: unknown;
}

/** An API server over HTTP that answers lists and logs, and fails in the ways that API servers fail. */
export class FakeKubernetes {
  static async start(): Promise<FakeKubernetes> {
    const fake = new FakeKubernetes();
    fake.#server.listen(0, '127.0.0.1');
    await once(fake.#server, 'listening');
    return fake;
  }

  objects: FakeObject[] = [];
  /** Log text by `<namespace>/<pod>`. */
  logs = new Map<string, string>();
  /** `silent`: takes the request and never answers. A number: answers everything with this status. */
  behaviour: 'normal' | 'silent' | number = 'normal';
  /** Group names whose custom resource definitions are not installed. */
  missingGroups: string[] = [];
  /** The `continue` token of the next page request is refused once as expired. */
  expireNextPage = false;
  /** Paths with queries, in order. */
  requests: string[] = [];

  readonly #server = http.createServer((request, response) =>
    this.#answer(request, response),
  );

  private constructor() {}

  /** For `kubernetes` in app-config; `name` is the name of the cluster. */
  config(name: string) {
    const { port } = this.#server.address() as AddressInfo;
    return {
      serviceLocatorMethod: { type: 'multiTenant' },
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: [
            {
              name,
              url: `http://127.0.0.1:${port}`,
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

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #answer(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? '/', 'http://fake');
    this.requests.push(url.pathname + url.search);
    if (this.behaviour === 'silent') {
      return;
    }
    if (this.behaviour !== 'normal') {
      send(response, this.behaviour, { message: 'dial tcp 10.0.0.1:443' });
      return;
    }
    const log = /^\/api\/v1\/namespaces\/([^/]+)\/pods\/([^/]+)\/log$/.exec(
      url.pathname,
    );
    if (log) {
      const text = this.logs.get(`${log[1]}/${log[2]}`);
      response.statusCode = text === undefined ? 404 : 200;
      response.end(text);
      return;
    }
    this.#answerList(url, response);
  }

  #answerList(url: URL, response: ServerResponse) {
    const match =
      /^\/(?:api|apis\/(?<group>[^/]+))\/[^/]+(?:\/namespaces\/(?<namespace>[^/]+))?\/(?<plural>[^/]+)$/.exec(
        url.pathname,
      );
    const { group = '', namespace, plural } = match?.groups ?? {};
    const type = Object.values(objectTypes).find(
      candidate => candidate.group === group && candidate.plural === plural,
    );
    if (!type || this.missingGroups.includes(group)) {
      send(response, 404, { message: 'the server could not find it' });
      return;
    }
    if (this.expireNextPage && url.searchParams.has('continue')) {
      this.expireNextPage = false;
      send(response, 410, { reason: 'Expired' });
      return;
    }
    const all = this.objects.filter(
      object =>
        object.kind === type.kind &&
        (namespace === undefined || object.metadata.namespace === namespace),
    );
    const start = Number(url.searchParams.get('continue') ?? 0);
    const end = start + Number(url.searchParams.get('limit') ?? all.length);
    send(response, 200, {
      kind: `${type.kind}List`,
      apiVersion: type.apiVersion,
      metadata: { continue: end < all.length ? String(end) : '' },
      items: all.slice(start, end).map(({ kind, apiVersion, ...rest }) => rest),
    });
  }
}

function send(response: ServerResponse, status: number, body: unknown) {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(body));
}
