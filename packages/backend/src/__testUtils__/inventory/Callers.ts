import type { SigningKey } from './SigningKey';

/** The callers of each route, in the order of the table's columns. */
export const CALLERS = [
  'anonymous',
  'expired',
  'forged',
  'limited',
  'otherTeam',
  'owner',
] as const;
type Caller = (typeof CALLERS)[number];

interface CallResult {
  status: number;
  /** The body; the first chunk of a stream. */
  body: string;
}

const OWNER = 'user:default/ml-engineer';
const OTHER_TEAM = 'user:default/data-engineer';
/** Fails a request that never ends, for example of a stream that the table does not mark as one. */
const DEADLINE_MS = 120_000;

/** Sends requests as the owner, and as everyone who should get nothing. */
export class Callers {
  readonly #url: string;
  readonly #headers: Record<Caller, Record<string, string>>;

  constructor(options: { url: string; key: SigningKey; otherKey: SigningKey }) {
    const { url, key, otherKey } = options;
    const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
    // As a cookie and as a bearer token: only routes that allow cookies may accept it, in either form.
    const limited = key.limitedUserToken(OWNER, 3600);
    this.#url = url;
    this.#headers = {
      anonymous: {},
      expired: bearer(key.userToken(OWNER, -60)),
      forged: bearer(otherKey.userToken(OWNER, 3600)),
      limited: { ...bearer(limited), Cookie: `backstage-auth=${limited}` },
      otherTeam: bearer(key.userToken(OTHER_TEAM, 3600)),
      owner: bearer(key.userToken(OWNER, 3600)),
    };
  }

  /** @param options.isStream - a successful response does not end, so that its first chunk has to do */
  async call(
    caller: Caller,
    method: string,
    path: string,
    options: { body?: object; isStream?: boolean } = {},
  ): Promise<CallResult> {
    const { body, isStream } = options;
    const controller = new AbortController();
    const response = await fetch(`${this.#url}${path}`, {
      method,
      headers: {
        ...this.#headers[caller],
        ...(body && { 'Content-Type': 'application/json' }),
      },
      body: body && JSON.stringify(body),
      redirect: 'manual',
      signal: AbortSignal.any([
        controller.signal,
        AbortSignal.timeout(DEADLINE_MS),
      ]),
    });
    if (!isStream || !response.ok) {
      return { status: response.status, body: await response.text() };
    }
    const chunk = await response.body?.getReader().read();
    controller.abort();
    return {
      status: response.status,
      body: Buffer.from(chunk?.value ?? []).toString(),
    };
  }
}
