import {
  liveTopicPermissions,
  parseLiveTopic,
  type LiveTopic,
} from '@internal/plugin-ml-platform-common';
import type { RoutePermission } from '../http/RoutePermission';
import type { Caller } from '../http/TeamAccess';

interface LiveQuery {
  topics: string;
}

/** The topics that a query names, each once. */
export function topicsOf({ topics }: LiveQuery): LiveTopic[] {
  return [...new Set(topics.split(','))];
}

/** Requires the permission of every topic: a page that names one topic too many gets no events at all. */
export const liveTopicsPermission: RoutePermission<
  { query: LiveQuery },
  Caller
> = {
  permissions: [...new Set(Object.values(liveTopicPermissions))],
  description: 'Each topic needs the permission that its data needs.',
  denied: 404,
  readsInput: true,
  authorize: async ({ access, request, input }) => {
    const callers = await Promise.all(
      topicsOf(input.query).map(topic => {
        const { kind, team } = parseLiveTopic(topic);
        return access.requireTeam(request, liveTopicPermissions[kind], team);
      }),
    );
    return callers[0];
  },
};
