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
  const { team, workload, state, step, requester, person, template, search } =
    query;
  const teams = team?.split(',');
  return (
    (!teams || teams.some(each => request.teams.includes(each))) &&
    (workload === undefined ||
      request.workloads.some(
        each =>
          each.workload === workload && (!teams || teams.includes(each.team)),
      )) &&
    (state === undefined || isInState(request, state)) &&
    (step === undefined || request.step === step) &&
    (requester === undefined || request.origin?.requester === requester) &&
    (person === undefined || isOf(request, person)) &&
    (template === undefined || request.origin?.template === template) &&
    (search === undefined || containsText(request, search))
  );
}

function isInState(
  request: ChangeRequestSummary,
  state: NonNullable<ParsedChangeRequestsQuery['state']>,
): boolean {
  switch (state) {
    case 'failed':
      return request.failed;
    case 'active':
      return request.state !== 'closed' && request.step !== 'done';
    default:
      return request.state === state;
  }
}

/** Requests by a form count by their signature, others by the account that opened them. */
function isOf({ origin, author }: ChangeRequestSummary, person: string) {
  return origin
    ? origin.requester === person
    : author === person.slice(person.lastIndexOf('/') + 1);
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
