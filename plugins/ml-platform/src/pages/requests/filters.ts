import type { ChangeRequestsQuery } from '@internal/plugin-ml-platform-common';
import { z } from 'zod';

/** State of the list in the URL. */
export const requestFiltersSchema = z.object({
  view: z.enum(['mine', 'teams', 'all']).catch('mine'),
  state: z
    .enum(['active', 'open', 'merged', 'closed', 'failed', 'any'])
    .catch('active'),
  search: z.string().max(200).catch(''),
  page: z
    .string()
    .regex(/^[1-9]\d{0,3}$/)
    .catch('1'),
});
export type RequestFilters = z.infer<typeof requestFiltersSchema>;

export const PAGE_SIZE = 25;

/** Translates the filters for the backend, for the person who looks at the list. */
export function requestsQuery(
  { view, state, search, page }: RequestFilters,
  person: { userEntityRef: string; teams: string[] },
): ChangeRequestsQuery {
  return {
    person: view === 'mine' ? person.userEntityRef : undefined,
    // No team has this name: somebody without teams has no requests of their teams.
    team: view === 'teams' ? person.teams.join(',') || '-' : undefined,
    state: state === 'any' ? undefined : state,
    search,
    offset: (Number(page) - 1) * PAGE_SIZE,
    limit: PAGE_SIZE,
  };
}
