import { connect } from 'node:net';

/** Throws unless something on loopback listens on the port. */
export function expectListening(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.end();
      resolve();
    });
    socket.on('error', reject);
  });
}
