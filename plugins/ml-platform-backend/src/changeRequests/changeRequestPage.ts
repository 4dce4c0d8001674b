import {
  changeRequestsQuerySchema,
  type ChangeRequestSummary,
} from '@internal/plugin-ml-platform-common';
import type { z } from 'zod';

type ParsedChangeRequestsQuery = z.output<typeof changeRequestsQuerySchema>;

/** Filters, sorts and pages the change requests that the caller may see. */
export function changeRequestPage(
  changeRequests: ChangeRequestSummary[],
  query: ParsedChangeRequestsQuery,
): { items: ChangeRequestSummary[]; total: number } {
  const found = changeRequests.filter(request =>
    matchesChangeRequestsQuery(request, query),
  );
  const direction = query.order === 'asc' ? 1 : -1;
  found.sort(
    (a, b) =>
      direction *
      (a[query.sort].localeCompare(b[query.sort]) || a.number - b.number),
  );
  const { offset, limit } = query;
  return { items: found.slice(offset, offset + limit), total: found.length };
}

function matchesChangeRequestsQuery(
  request: ChangeRequestSummary,
  query: ParsedChangeRequestsQuery,
): boolean {
  const { team, workload, state, step, requester, template, search } = query;
  return (
    (team === undefined || request.teams.includes(team)) &&
    (workload === undefined ||
      request.workloads.some(
        each =>
          each.workload === workload &&
          (team === undefined || each.team === team),
      )) &&
    (state === undefined ||
      (state === 'failed' ? request.failed : request.state === state)) &&
    (step === undefined || request.step === step) &&
    (requester === undefined || request.origin?.requester === requester) &&
    (template === undefined || request.origin?.template === template) &&
    (search === undefined || containsText(request, search))
  );
}

function containsText(request: ChangeRequestSummary, search: string): boolean {
  const { number, title, teams, workloads } = request;
  const words = search.toLowerCase();
  return [
    `#${number}`,
    title,
    ...teams,
    ...workloads.map(({ workload }) => workload),
  ].some(text => text.toLowerCase().includes(words));
}
