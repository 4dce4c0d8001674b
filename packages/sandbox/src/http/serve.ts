import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RequestHandler } from 'express';

const LOOPBACK_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

export interface RunningServer {
  /** Base URL without a trailing slash. */
  url: string;
  stop(): Promise<void>;
}

interface ServeOptions {
  /** Name of the server in error messages. */
  name: string;
  /** The flag of `main.ts` that sets the port. */
  portFlag: string;
  host: string;
  /** 0 takes any free port. */
  port: number;
  createApp: (url: string) => RequestListener;
}

/**
 * Starts an HTTP server. The application is created once the server listens, because it needs its own URL.
 *
 * @throws Error with instructions when the port is already in use.
 */
export async function serve(options: ServeOptions): Promise<RunningServer> {
  const { name, portFlag, host, port, createApp } = options;
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(
              `Port ${port} of the ${name} is already in use. ` +
                `Stop the program that uses it, or choose another port with ${portFlag}.`,
            )
          : error,
      ),
    );
    server.listen(port, host, resolve);
  });
  const url = `http://${host}:${(server.address() as AddressInfo).port}`;
  server.on('request', createApp(url));
  return {
    url,
    stop: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Checks a Host header, so that a web page whose DNS name is rebound to 127.0.0.1 has no access. */
export function isLoopbackHost(host: string | undefined): boolean {
  return host !== undefined && LOOPBACK_HOST.test(host);
}

/** Returns true for plain HTTP URLs of this machine. */
export function isLoopbackUrl(url: string): boolean {
  return (
    URL.canParse(url) &&
    new URL(url).protocol === 'http:' &&
    isLoopbackHost(new URL(url).host)
  );
}

/** Rejects requests whose Host header names another host. */
export const loopbackOnly: RequestHandler = (request, response, next) => {
  if (isLoopbackHost(request.headers.host)) {
    next();
    return;
  }
  response
    .status(421)
    .type('text')
    .send('The sandbox is available on 127.0.0.1 and localhost only.\n');
};
