import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { get as httpGet } from 'node:http';

/**
 * Sends the request that opens a web socket, and closes the connection.
 *
 * @returns the status: 101 if the server opened it
 */
export async function openWebSocket(
  url: string,
  token: string | undefined,
): Promise<number | undefined> {
  const request = httpGet(url, {
    headers: {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
      ...(token && { 'Sec-WebSocket-Protocol': token }),
    },
  });
  try {
    const [response] = await Promise.race([
      once(request, 'upgrade'),
      once(request, 'response'),
    ]);
    return response.statusCode;
  } finally {
    request.on('error', () => {});
    request.destroy();
  }
}
