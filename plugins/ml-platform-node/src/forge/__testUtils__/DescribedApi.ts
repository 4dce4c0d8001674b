import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import express, { type RequestHandler } from 'express';
import { middleware as openApiValidator } from 'express-openapi-validator';
import { sample } from 'openapi-sampler';
import { parse } from 'yaml';

interface Operation {
  operationId: string;
}
interface Description {
  paths: Record<string, Record<string, Operation>>;
}

const METHODS = ['get', 'post', 'put', 'patch'] as const;

/** Handlers by the description's `operationId`; `undefined` is answered with 404. */
export type Handlers = Record<
  string,
  (request: {
    params: Record<string, string>;
    query: Record<string, unknown>;
    body: Record<string, unknown>;
  }) => { status: number; body: unknown } | undefined
>;

/**
 * A server that takes only requests, and sends only responses, that a forge's official OpenAPI description allows: parameters that it
 * does not name are refused, too.
 */
export class DescribedApi {
  #server: Server | undefined;
  readonly #description: Description;
  /** Requests and responses that the description does not allow. */
  readonly problems: string[] = [];

  constructor(file: string) {
    const text = readFileSync(
      path.resolve(__dirname, '../../__fixtures__/openapi', file),
      'utf8',
    );
    this.#description = parse(text);
  }

  /** @returns the address of the server. */
  async start(handlers: Handlers): Promise<string> {
    this.#server = createServer(this.#app(handlers));
    await new Promise<void>(resolve => {
      this.#server?.listen(0, '127.0.0.1', resolve);
    });
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise(resolve => {
      this.#server?.close(resolve);
    });
  }

  /** The description's example of a schema, with all that is required, and some fields of its own. */
  object(schema: string, fields: object): object {
    const example = sample(
      { $ref: `#/components/schemas/${schema}` },
      { skipNonRequired: true },
      this.#description,
    );
    return { ...(example as object), ...fields };
  }

  #app(handlers: Handlers): express.Express {
    const app = express();
    app.use(express.json());
    app.use(
      openApiValidator({
        apiSpec: JSON.parse(JSON.stringify(this.#description)),
        validateRequests: { allowUnknownQueryParameters: false },
        validateResponses: true,
        validateSecurity: false,
      }) as unknown as RequestHandler[],
    );
    for (const [address, operations] of Object.entries(
      this.#description.paths,
    )) {
      for (const method of METHODS) {
        const handler = handlers[operations[method]?.operationId];
        if (handler) {
          const route = address.replace(/\{(\w+)\}/g, ':$1');
          app[method](route, (request, response) => {
            const { params, query, body } = request;
            const answer = handler({ params, query, body });
            response.status(answer?.status ?? 404);
            response.json(answer?.body ?? { message: 'Not Found' });
          });
        }
      }
    }
    app.use(this.#refuse);
    return app;
  }

  readonly #refuse: express.ErrorRequestHandler = (
    error,
    request,
    response,
    // Express knows handlers of errors by their four parameters.
    _next,
  ) => {
    this.problems.push(
      `${request.method} ${request.originalUrl}: ${error.message}`,
    );
    response.status(error.status ?? 500).json({ message: error.message });
  };
}
