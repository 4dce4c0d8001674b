import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { freePorts } from './freePorts';

/** The first port for outgoing connections, which is IANA's on other systems than Linux. */
function firstOutgoingPort(): number {
  const file = '/proc/sys/net/ipv4/ip_local_port_range';
  return existsSync(file)
    ? Number(readFileSync(file, 'utf8').split(/\s+/)[0])
    : 49_152;
}

it('finds different free ports outside of the range for outgoing connections', async () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] as const;
  const ports = Object.values(await freePorts(names));
  expect(new Set(ports).size).toBe(names.length);
  for (const port of ports) {
    expect(port).toBeLessThan(firstOutgoingPort());
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    server.close();
  }
});
