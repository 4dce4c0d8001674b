import type {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { LRUCache } from 'lru-cache';
import type { TeamPermission, TeamScope } from './TeamPermission';

/** Reasons and consequences: docs/decisions/0031-permission-decisions-are-kept-briefly.md. */
const TTL_MS = 5_000;
const MAX_DECISIONS = 10_000;

interface CachedDecision {
  scope: Promise<TeamScope>;
  /** By `performance.now()`, which cannot be set back. */
  expiresAt: number;
}

/**
 * Caches read decisions of a user's token for a few seconds, so that a page of ten requests asks the permission backend
 * once; concurrent questions share one request. Writes are never cached, nor are decisions for services and for tokens
 * that do not expire.
 */
export class PermissionDecisionCache {
  readonly #decisions = new LRUCache<string, CachedDecision>({
    max: MAX_DECISIONS,
  });

  /** @param decide - asks the permission framework; failures are not cached. */
  async scope(
    permission: TeamPermission,
    credentials: BackstageCredentials,
    decide: () => Promise<TeamScope>,
  ): Promise<TeamScope> {
    const { expiresAt } = credentials;
    if (
      permission.attributes.action !== 'read' ||
      !isUser(credentials) ||
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
    const cached = this.#decisions.get(key);
    if (cached && cached.expiresAt > performance.now()) {
      return cached.scope;
    }
    const tokenMs = expiresAt.getTime() - Date.now();
    const decision = {
      scope: decide(),
      expiresAt: performance.now() + Math.min(TTL_MS, tokenMs),
    };
    this.#decisions.set(key, decision);
    decision.scope.catch(() => {
      if (this.#decisions.peek(key) === decision) {
        this.#decisions.delete(key);
      }
    });
    return decision.scope;
  }
}

function isUser(
  credentials: BackstageCredentials,
): credentials is BackstageCredentials<BackstageUserPrincipal> {
  return (credentials.principal as { type?: string }).type === 'user';
}
