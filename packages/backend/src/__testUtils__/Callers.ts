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
const SHORT_WHILE_MS = 700;

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
    const isStream = /event-stream/.test(
      response.headers.get('content-type') ?? '',
    );
    const text = readText(response);
    if (isStream) {
      await setTimeout(SHORT_WHILE_MS);
      controller.abort();
    }
    return { status: response.status, body: await text };
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
