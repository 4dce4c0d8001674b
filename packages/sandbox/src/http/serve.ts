import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RequestHandler } from 'express';

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

export interface RunningServer {
  /** Without a slash at the end. */
  url: string;
  stop(): Promise<void>;
}

/**
 * Listens, and only then makes the application, which so can know its own address.
 *
 * @throws Error naming the port, and what to do about it, when the port is taken.
 */
export async function serve(options: {
  /** What the server is, in words for a person. */
  name: string;
  /** The flag of `main.ts` that chooses another port. */
  portFlag: string;
  host: string;
  /** 0 takes any free port. */
  port: number;
  createApp: (url: string) => RequestListener;
}): Promise<RunningServer> {
  const { name, portFlag, host, port, createApp } = options;
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(
              `Port ${port}, which the ${name} needs, is taken by another program. ` +
                `End that program, or choose another port with ${portFlag}.`,
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

/** Whether an address is plain HTTP to this machine. */
export function isLoopbackUrl(url: string): boolean {
  return (
    URL.canParse(url) &&
    new URL(url).protocol === 'http:' &&
    LOOPBACK.test(new URL(url).host)
  );
}

/** Refuses requests that name another host: a web page whose name was rebound to 127.0.0.1 must not get in. */
export const loopbackOnly: RequestHandler = (request, response, next) => {
  if (LOOPBACK.test(request.headers.host ?? '')) {
    next();
    return;
  }
  response
    .status(421)
    .type('text')
    .send('The sandbox answers on 127.0.0.1 and localhost only.\n');
};
