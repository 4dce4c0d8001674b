import { createServer, type AddressInfo, type Server } from 'node:net';

/** Ports on loopback that nothing listens on, all different. */
export async function freePorts<Name extends string>(
  names: readonly Name[],
): Promise<Record<Name, number>> {
  // All are held until the last is found, so that none is found twice.
  const servers = await Promise.all(names.map(() => listen()));
  const ports = servers.map(server => (server.address() as AddressInfo).port);
  await Promise.all(
    servers.map(server => new Promise(resolve => server.close(resolve))),
  );
  return Object.fromEntries(
    names.map((name, index) => [name, ports[index]]),
  ) as Record<Name, number>;
}

function listen(): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}
