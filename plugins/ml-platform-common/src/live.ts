import { z } from 'zod';
import { teamReadPermission, findingsReadPermission } from './permissions';

/** What a page can be told of, by the permission that its data needs. Each is about one team. */
export const liveTopicPermissions = {
  /** `workload:<team>/<workload>`: what runs of it, in any environment. */
  workload: teamReadPermission,
  /** `team:<team>`: anything in the team's namespaces. */
  team: teamReadPermission,
  /** `runs:<team>`: Jobs and their pods. */
  runs: teamReadPermission,
  /** `requests:<team>`: pull requests and their steps. */
  requests: teamReadPermission,
  /** `findings:<team>`: reports, and which images run. */
  findings: findingsReadPermission,
} as const;

export type LiveTopicKind = keyof typeof liveTopicPermissions;

/** For example `findings:app-ml-team`. */
export type LiveTopic = string;

export const MAX_LIVE_TOPICS = 20;

const TOPIC =
  /^(?:workload:[a-z0-9-]{1,63}\/[a-z0-9-]{1,63}|(?:team|runs|requests|findings):[a-z0-9-]{1,63})$/;

/** `GET /live?topics=workload:app-ml-team/fraud-scorer,findings:app-ml-team`: server-sent events. */
export const liveQuerySchema = z.object({
  /** Separated by commas. */
  topics: z
    .string()
    .refine(
      topics => topics.split(',').every(topic => TOPIC.test(topic)),
      'Not topics, such as "team:app-ml-team"',
    )
    .refine(
      topics => topics.split(',').length <= MAX_LIVE_TOPICS,
      `At most ${MAX_LIVE_TOPICS} topics`,
    ),
});

/** The data of an event `changed`: whoever shows these topics reads them again. It says nothing of what changed. */
export const liveChangeSchema = z.object({ topics: z.array(z.string()) });
export type LiveChange = z.infer<typeof liveChangeSchema>;

/** The parts of a topic. */
export function parseLiveTopic(topic: LiveTopic): {
  kind: LiveTopicKind;
  team: string;
} {
  const [kind, name] = topic.split(':');
  return { kind: kind as LiveTopicKind, team: name.split('/')[0] };
}
