import { CALLERS } from '../Callers';
import type { InventoryPortal } from './InventoryPortal';
import type { ExpectedRoute } from './routes';

export interface Comparison {
  /** Rows that are missing or differ, as they would have to be. */
  rows: string[];
  /** Rows of what there is no longer. */
  gone: string[];
  /** What others saw of app-ml-team. */
  leaks: string[];
  /** What app-ml-team saw of its own, by name of the canary. */
  own: Set<string>;
}

/**
 * Calls everything as everybody.
 *
 * @param options - `found`: what there is; `request`: how it is called, as method and path, where its row has no path.
 */
export async function compare(
  portal: InventoryPortal,
  options: {
    table: Record<string, ExpectedRoute>;
    found: string[];
    request: (name: string) => string;
  },
): Promise<Comparison> {
  const { table, found, request } = options;
  const comparison: Comparison = {
    rows: [],
    gone: Object.keys(table).filter(name => !found.includes(name)),
    leaks: [],
    own: new Set(),
  };
  for (const name of found) {
    const expected = table[name];
    const answers = await askAll(portal, comparison, request(name), expected);
    if (!expected) {
      const row = JSON.stringify({ answers });
      comparison.rows.push(`add '${name}': ${row},`);
    } else if (answers !== expected.answers) {
      comparison.rows.push(
        `${name}: expected ${expected.answers}, is ${answers}`,
      );
    }
  }
  return comparison;
}

async function askAll(
  portal: InventoryPortal,
  comparison: Comparison,
  route: string,
  expected: ExpectedRoute | undefined,
): Promise<string> {
  const [method, pattern] = route.split(' ');
  const path = portal.fill(expected?.path ?? pattern);
  const body =
    method === 'POST' || method === 'PUT'
      ? JSON.parse(portal.fill(JSON.stringify(expected?.body ?? {})))
      : undefined;
  const statuses: number[] = [];
  for (const caller of CALLERS) {
    const answer = await portal.callers.ask(
      caller,
      method === 'ALL' ? 'GET' : method,
      path,
      body,
    );
    statuses.push(answer.status);
    for (const [name, canary] of Object.entries(portal.canaries)) {
      // An error repeats what was asked for.
      if (!answer.body.includes(canary) || path.includes(canary)) {
        continue;
      }
      if (caller === 'owner') {
        comparison.own.add(name);
      } else {
        comparison.leaks.push(`${route}: ${name}, to ${caller}`);
      }
    }
  }
  return statuses.join(' ');
}
