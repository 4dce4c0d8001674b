import type {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import type { TeamPermission, TeamScope } from './authorization';

/** Why so long, and what follows from it: docs/decisions/0031-permission-decisions-are-kept-briefly.md. */
const KEEP_MILLISECONDS = 5_000;
const MAX_KEPT = 10_000;

interface Kept {
  scope: Promise<TeamScope>;
  /** By `performance.now()`, which nobody sets back. */
  until: number;
}

/**
 * Keeps what a token of a person may read for some seconds, so that a page of ten requests asks the permission backend
 * once. The same question that is being asked is not asked a second time. Everything else is asked each time: what
 * writes, and what services and tokens without an end ask.
 */
export class PermissionDecisionCache {
  readonly #kept = new Map<string, Kept>();

  /** @param decide - asks the permission framework. What it throws is not kept. */
  async scope(
    permission: TeamPermission,
    credentials: BackstageCredentials,
    decide: () => Promise<TeamScope>,
  ): Promise<TeamScope> {
    const { expiresAt } = credentials;
    if (
      permission.attributes.action !== 'read' ||
      !isPerson(credentials) ||
      !expiresAt
    ) {
      return decide();
    }
    const { userEntityRef, actor } = credentials.principal;
    const key = JSON.stringify([
      permission.name,
      userEntityRef,
      actor?.subject,
      expiresAt.getTime(),
    ]);
    const known = this.#kept.get(key);
    if (known && known.until > performance.now()) {
      return known.scope;
    }
    const left = expiresAt.getTime() - Date.now();
    const kept = {
      scope: decide(),
      until: performance.now() + Math.min(KEEP_MILLISECONDS, left),
    };
    this.#keep(key, kept);
    kept.scope.catch(() => {
      if (this.#kept.get(key) === kept) {
        this.#kept.delete(key);
      }
    });
    return kept.scope;
  }

  #keep(key: string, kept: Kept): void {
    // At the end of the order: what is first was asked first.
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    const now = performance.now();
    for (const [oldest, { until }] of this.#kept) {
      if (until > now && this.#kept.size <= MAX_KEPT) {
        return;
      }
      this.#kept.delete(oldest);
    }
  }
}

function isPerson(
  credentials: BackstageCredentials,
): credentials is BackstageCredentials<BackstageUserPrincipal> {
  return (credentials.principal as { type?: string }).type === 'user';
}
