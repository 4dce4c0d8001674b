import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { get as httpGet } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import type { SigningKey } from './SigningKey';

/** Who calls each route, in the order of the table's columns. */
export const CALLERS = [
  'nobody',
  'expired',
  'forged',
  'limited',
  'otherTeam',
  'owner',
] as const;
export type Caller = (typeof CALLERS)[number];

export interface Answer {
  status: number;
  /** As much of it as came within a moment: streams do not end. */
  body: string;
}

const OWNER = 'user:default/ml-engineer';
const OTHER_TEAM = 'user:default/data-engineer';
/** What has begun and not ended by then is a stream. */
const SHORT_WHILE_MS = 1_500;

/** Sends requests as everybody who should get nothing, and as the owner. */
export class Callers {
  readonly #url: string;
  readonly #headers: Record<Caller, Record<string, string>>;

  static create(options: {
    url: string;
    key: SigningKey;
    otherKey: SigningKey;
  }): Callers {
    const { url, key, otherKey } = options;
    const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
    // In the cookie and as a bearer: it may open nothing in either way, but where cookies are allowed.
    const limited = key.limitedUserToken(OWNER, 3600);
    return new Callers(url, {
      nobody: {},
      expired: bearer(key.userToken(OWNER, -60)),
      forged: bearer(otherKey.userToken(OWNER, 3600)),
      limited: { ...bearer(limited), Cookie: `backstage-auth=${limited}` },
      otherTeam: bearer(key.userToken(OTHER_TEAM, 3600)),
      owner: bearer(key.userToken(OWNER, 3600)),
    });
  }

  private constructor(
    url: string,
    headers: Record<Caller, Record<string, string>>,
  ) {
    this.#url = url;
    this.#headers = headers;
  }

  async ask(
    caller: Caller,
    method: string,
    path: string,
    body?: object,
  ): Promise<Answer> {
    const controller = new AbortController();
    const response = await fetch(`${this.#url}${path}`, {
      method,
      headers: {
        ...this.#headers[caller],
        ...(body && { 'Content-Type': 'application/json' }),
      },
      body: body && JSON.stringify(body),
      redirect: 'manual',
      signal: AbortSignal.any([controller.signal, AbortSignal.timeout(30_000)]),
    });
    const text = readText(response);
    await Promise.race([
      text,
      setTimeout(SHORT_WHILE_MS, undefined, { signal: controller.signal }),
    ]);
    controller.abort();
    return { status: response.status, body: await text };
  }
}

/**
 * Asks for a web socket.
 *
 * @returns the status: 101 is one; undefined when nothing was answered for a moment.
 */
export async function askForWebSocket(
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
    const signal = AbortSignal.timeout(SHORT_WHILE_MS);
    const answer = await Promise.race([
      once(request, 'upgrade', { signal }),
      once(request, 'response', { signal }),
    ]).catch(() => []);
    return answer[0]?.statusCode;
  } finally {
    request.on('error', () => {});
    request.destroy();
  }
}

async function readText(response: Response): Promise<string> {
  let text = '';
  try {
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString();
    }
  } catch {
    // The stream was left.
  }
  return text;
}
