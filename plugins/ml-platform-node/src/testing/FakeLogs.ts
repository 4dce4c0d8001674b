import type { ServerResponse } from 'node:http';

const POLL_MS = 10;

/** The pod logs of a fake API server. */
export class FakeLogs {
  /** Text by `<namespace>/<pod>`. */
  readonly texts = new Map<string, string>();
  /** Responses that follow a log. */
  readonly readers = new Set<ServerResponse>();

  /** Responds to a path of a pod's log. @returns false for other paths. */
  respond(url: URL, response: ServerResponse): boolean {
    const match = /^\/api\/v1\/namespaces\/([^/]+)\/pods\/([^/]+)\/log$/.exec(
      url.pathname,
    );
    if (!match) {
      return false;
    }
    const pod = `${match[1]}/${match[2]}`;
    const text = this.texts.get(pod);
    if (text !== undefined && url.searchParams.get('follow') === 'true') {
      this.#follow(pod, response);
      return true;
    }
    // API servers respond 204 for a pod without a node, instead of an empty text.
    const found = text ? 200 : 204;
    response.statusCode = text === undefined ? 404 : found;
    response.end(text);
    return true;
  }

  /** Sends the text as it grows, until the log is deleted. */
  #follow(pod: string, response: ServerResponse) {
    response.writeHead(200, { 'Content-Type': 'text/plain' });
    response.flushHeaders();
    this.readers.add(response);
    let sent = 0;
    const timer = setInterval(() => {
      const text = this.texts.get(pod);
      if (text === undefined) {
        response.end();
      } else if (text.length > sent) {
        response.write(text.slice(sent));
        sent = text.length;
      }
    }, POLL_MS);
    response.on('close', () => {
      clearInterval(timer);
      this.readers.delete(response);
    });
  }
}
