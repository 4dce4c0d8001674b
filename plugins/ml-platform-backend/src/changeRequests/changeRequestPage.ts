import {
  changeRequestsQuerySchema,
  type ChangeRequestSummary,
} from '@internal/plugin-ml-platform-common';
import type { z } from 'zod';

type Query = z.output<typeof changeRequestsQuerySchema>;

/** One page of what somebody may see, filtered and sorted. */
export function changeRequestPage(
  requests: ChangeRequestSummary[],
  query: Query,
): { items: ChangeRequestSummary[]; total: number } {
  const found = requests.filter(request => matches(request, query));
  const direction = query.order === 'asc' ? 1 : -1;
  found.sort(
    (a, b) =>
      direction *
      (a[query.sort].localeCompare(b[query.sort]) || a.number - b.number),
  );
  const { offset, limit } = query;
  return { items: found.slice(offset, offset + limit), total: found.length };
}

function matches(request: ChangeRequestSummary, query: Query): boolean {
  const { team, state, step, requester, template, search } = query;
  return (
    (team === undefined || request.teams.includes(team)) &&
    (state === undefined ||
      (state === 'failed' ? request.failed : request.state === state)) &&
    (step === undefined || request.step === step) &&
    (requester === undefined || request.origin?.requester === requester) &&
    (template === undefined || request.origin?.template === template) &&
    (search === undefined || isFoundBy(request, search))
  );
}

function isFoundBy(request: ChangeRequestSummary, search: string): boolean {
  const { number, title, teams, workloads } = request;
  const words = search.toLowerCase();
  return [
    `#${number}`,
    title,
    ...teams,
    ...workloads.map(({ workload }) => workload),
  ].some(text => text.toLowerCase().includes(words));
}
