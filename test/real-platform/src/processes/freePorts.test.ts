import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { freePorts } from './freePorts';

/** Elsewhere than on Linux, what IANA says. */
function firstOutgoingPort(): number {
  const file = '/proc/sys/net/ipv4/ip_local_port_range';
  return existsSync(file)
    ? Number(readFileSync(file, 'utf8').split(/\s+/)[0])
    : 49_152;
}

it('finds different ports that can be listened on, and that no outgoing connection is given', async () => {
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
