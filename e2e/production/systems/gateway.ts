import { readFileSync } from 'node:fs';
import {
  request as httpRequest,
  createServer as createHttpServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { createServer } from 'node:https';
import { connect } from 'node:net';
import { DOMAIN, GATEWAY_PORT } from '../addresses';

/** The sandbox knows this token only, and production refuses it. */
const SANDBOX_TOKEN = 'sandbox-portal-token';

/** A server behind the gateway, at its name in the test's domain. */
export interface Upstream {
  /** Port on loopback. */
  port: number;
  /** The portal's token for a server of the sandbox, which is exchanged for the sandbox's own. */
  token?: string;
}

/** Ends TLS for all systems, as an ingress does. */
export function startGateway(options: {
  upstreams: Record<string, Upstream>;
  certificate: string;
  key: string;
  isReady: () => boolean;
}): void {
  const { upstreams, certificate, key, isReady } = options;
  createServer(
    { cert: readFileSync(certificate), key: readFileSync(key) },
    (request, response) => {
      if (request.url === '/ready') {
        response.writeHead(isReady() ? 200 : 503).end();
        return;
      }
      const name = request.headers.host?.split(`.${DOMAIN}`)[0] ?? '';
      const upstream = upstreams[name];
      if (!upstream) {
        response.writeHead(502).end();
        return;
      }
      forward(upstream, request, response);
    },
  ).listen(GATEWAY_PORT, '127.0.0.1');
}

function forward(
  { port, token }: Upstream,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { authorization, host } = request.headers;
  const headers = {
    ...request.headers,
    ...(token
      ? {
          host: `127.0.0.1:${port}`,
          ...(carries(authorization, token) && {
            authorization: `Bearer ${SANDBOX_TOKEN}`,
          }),
        }
      : {
          host,
          'x-forwarded-for': request.socket.remoteAddress,
          'x-forwarded-host': host,
          'x-forwarded-proto': 'https',
        }),
  };
  const { method, url: path } = request;
  const forwarded = httpRequest(
    { host: '127.0.0.1', port, method, path, headers },
    answer => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      // A watch begins before there is anything to tell.
      response.flushHeaders();
      answer.pipe(response);
    },
  );
  forwarded.on('error', () => response.writeHead(502).end());
  response.on('close', () => forwarded.destroy());
  request.pipe(forwarded);
}

function carries(authorization: string | undefined, token: string): boolean {
  const [scheme, credential = ''] = (authorization ?? '').split(' ');
  return scheme.toLowerCase() === 'basic'
    ? Buffer.from(credential, 'base64').toString().endsWith(`:${token}`)
    : credential === token;
}

/** The proxy with which Git, which has no preloaded names, reaches the gateway. */
export function startProxy(port: number): void {
  createHttpServer()
    .on('connect', ({ url }: IncomingMessage, client) => {
      const server = connect(Number(url?.split(':')[1]), '127.0.0.1', () => {
        client.write('HTTP/1.1 200 Connection established\r\n\r\n');
        server.pipe(client).pipe(server);
      });
      server.on('error', () => client.destroy());
      client.on('error', () => server.destroy());
    })
    .listen(port, '127.0.0.1');
}
