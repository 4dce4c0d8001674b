import type { Config } from '@backstage/config';
import { NotAllowedError } from '@backstage/errors';

export const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

/** Names under which a browser may reach the portal: its base URLs and loopback. */
export function readKnownHosts(rootConfig: Config): string[] {
  const urls = ['app.baseUrl', 'backend.baseUrl'].flatMap(
    key => rootConfig.getOptionalString(key) ?? [],
  );
  return [...LOOPBACK, ...urls.flatMap(url => hostOf(url) ?? [])];
}

/**
 * Checks that a request comes from a page of the portal, not from a foreign page whose host name resolves to the portal's
 * address (DNS rebinding). For the browser such a page has the same origin; only the host name differs.
 *
 * @param headers - as they were received: what a proxy adds, a page can add too.
 * @throws NotAllowedError
 */
export function assertKnownHost(
  headers: { host?: string; origin?: string },
  knownHosts: string[],
): void {
  const { host, origin } = headers;
  const named = [
    `http://${host ?? ''}`,
    ...(origin === undefined ? [] : [origin]),
  ];
  if (named.some(url => !knownHosts.includes(hostOf(url) ?? ''))) {
    throw new NotAllowedError(
      `Personas can sign in at ${knownHosts.join(
        ', ',
      )} only. Open the portal there, or set app.baseUrl and backend.baseUrl to its address.`,
    );
  }
}

function hostOf(url: string): string | undefined {
  return URL.canParse(url)
    ? new URL(url).hostname.replace(/^\[|\]$/g, '')
    : undefined;
}
