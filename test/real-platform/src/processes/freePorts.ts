import { randomInt } from 'node:crypto';
import { createServer, type AddressInfo, type Server } from 'node:net';

/** Below the ports for outgoing connections (from 32768 on Linux), which could use a port before its program does. */
const FIRST_PORT = 15_000;
const LAST_PORT = 32_000;
const ATTEMPTS = 100;

/** Finds different free ports on loopback. */
export async function freePorts<Name extends string>(
  names: readonly Name[],
): Promise<Record<Name, number>> {
  // All stay open until the last is found, so that they are different.
  const servers = await Promise.all(names.map(() => listen()));
  const ports = servers.map(server => (server.address() as AddressInfo).port);
  await Promise.all(
    servers.map(server => new Promise(resolve => server.close(resolve))),
  );
  return Object.fromEntries(
    names.map((name, index) => [name, ports[index]]),
  ) as Record<Name, number>;
}

async function listen(attempt = 1): Promise<Server> {
  try {
    return await listenOn(randomInt(FIRST_PORT, LAST_PORT));
  } catch (error) {
    if (attempt === ATTEMPTS) {
      throw error;
    }
    return listen(attempt + 1);
  }
}

function listenOn(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
