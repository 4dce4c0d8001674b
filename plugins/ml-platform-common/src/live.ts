import { z } from 'zod';
import { teamReadPermission, findingsReadPermission } from './permissions';

/** Topics of live updates with the permission that each requires. A topic is about one team. */
export const liveTopicPermissions = {
  /** `workload:<team>/<workload>`: the workload's objects in all environments. */
  workload: teamReadPermission,
  /** `team:<team>`: all objects in the team's namespaces. */
  team: teamReadPermission,
  /** `runs:<team>`: Jobs and their pods. */
  runs: teamReadPermission,
  /** `requests:<team>`: change requests and their steps. */
  requests: teamReadPermission,
  /** `findings:<team>`: reports and running images. */
  findings: findingsReadPermission,
} as const;

export type LiveTopicKind = keyof typeof liveTopicPermissions;

/** For example `findings:app-ml-team`. */
export type LiveTopic = string;

const MAX_LIVE_TOPICS = 20;

const TOPIC =
  /^(?:workload:[a-z0-9-]{1,63}\/[a-z0-9-]{1,63}|(?:team|runs|requests|findings):[a-z0-9-]{1,63})$/;

/** `GET /live?topics=workload:app-ml-team/fraud-scorer,findings:app-ml-team`: server-sent events. */
export const liveQuerySchema = z.object({
  /** Separated by commas. */
  topics: z
    .string()
    .refine(
      topics => topics.split(',').every(topic => TOPIC.test(topic)),
      'must be topics, for example "team:app-ml-team"',
    )
    .refine(
      topics => topics.split(',').length <= MAX_LIVE_TOPICS,
      `At most ${MAX_LIVE_TOPICS} topics`,
    ),
});

/** Data of the event `changed`: topics to read again. It does not contain the change itself. */
export const liveChangeSchema = z.object({ topics: z.array(z.string()) });
export type LiveChange = z.infer<typeof liveChangeSchema>;

/** Splits a topic into its kind and team. */
export function parseLiveTopic(topic: LiveTopic): {
  kind: LiveTopicKind;
  team: string;
} {
  const [kind, name] = topic.split(':');
  return { kind: kind as LiveTopicKind, team: name.split('/')[0] };
}
