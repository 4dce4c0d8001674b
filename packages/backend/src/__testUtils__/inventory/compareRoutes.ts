import { CALLERS } from './Callers';
import type { Inventory } from './Inventory';
import type { ExpectedRoute, ExpectedRoutes } from './routes/ExpectedRoute';

interface RouteComparison {
  /** Rows that are missing or differ, with the statuses of the backend. */
  rows: string[];
  /** Rows of routes that no longer exist. */
  removed: string[];
  /** Canaries of app-ml-team that another caller received. */
  leaks: string[];
  /** Names of the canaries that the owner received. */
  seenByOwner: Set<string>;
}

/**
 * Calls every route as every caller, and compares the statuses with the table.
 *
 * @param options.found - names of the routes that exist
 * @param options.request - method and path by a route's name, for rows without a path
 */
export async function compareRoutes(
  inventory: Inventory,
  options: {
    table: ExpectedRoutes;
    found: string[];
    request: (name: string) => string;
  },
): Promise<RouteComparison> {
  const { table, found, request } = options;
  const comparison: RouteComparison = {
    rows: [],
    removed: Object.keys(table).filter(name => !found.includes(name)),
    leaks: [],
    seenByOwner: new Set(),
  };
  for (const name of found) {
    const expected: ExpectedRoute | undefined = table[name];
    const statuses = await callAsEveryone(
      inventory,
      comparison,
      request(name),
      expected,
    );
    if (!expected) {
      comparison.rows.push(`add '${name}': ${JSON.stringify({ statuses })},`);
    } else if (statuses !== expected.statuses) {
      comparison.rows.push(
        `${name}: expected ${expected.statuses}, is ${statuses}`,
      );
    }
  }
  return comparison;
}

async function callAsEveryone(
  inventory: Inventory,
  comparison: RouteComparison,
  route: string,
  expected: ExpectedRoute | undefined,
): Promise<string> {
  const [method, pattern] = route.split(' ');
  const path = inventory.fill(expected?.path ?? pattern);
  const body =
    method === 'POST' || method === 'PUT'
      ? JSON.parse(inventory.fill(JSON.stringify(expected?.body ?? {})))
      : undefined;
  const statuses: number[] = [];
  for (const caller of CALLERS) {
    const result = await inventory.callers.call(
      caller,
      method === 'ALL' ? 'GET' : method,
      path,
      { body, isStream: expected?.isStream },
    );
    statuses.push(result.status);
    for (const [name, canary] of Object.entries(inventory.canaries)) {
      // Error messages repeat the path.
      if (!result.body.includes(canary) || path.includes(canary)) {
        continue;
      }
      if (caller === 'owner') {
        comparison.seenByOwner.add(name);
      } else {
        comparison.leaks.push(`${route}: ${name}, to ${caller}`);
      }
    }
  }
  return statuses.join(' ');
}
