import type { ServerResponse } from 'node:http';
import { stringify } from 'yaml';

/** Sends a complete JSON response, or YAML for its media type, with its length. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  contentType = 'application/json',
): void {
  const text =
    contentType === 'application/yaml'
      ? stringify(body)
      : `${JSON.stringify(body)}\n`;
  response.writeHead(status, {
    'Content-Type': contentType,
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(text);
}
