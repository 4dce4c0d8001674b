import type { HealthReason } from '@internal/plugin-ml-platform-common';
import {
  asSentence,
  formatCount,
  formatList,
  PLATFORM_TEAM_ADVICE,
} from './formatting';
import type { RequestedAmount } from './requestedAmount';
import { SCHEDULING_RULES, type SchedulingCause } from './schedulingRules';

/**
 * Reason why the scheduler finds no node for a pod.
 *
 * @param message - of the pod's `PodScheduled` condition or of a `FailedScheduling` event.
 */
export function schedulingReason(
  message: string,
  requested: RequestedAmount,
): HealthReason {
  const { total, parts } = parseMessage(message);
  const matches = parts.flatMap(part => {
    const rule = SCHEDULING_RULES.find(({ pattern }) =>
      pattern.test(part.text),
    );
    const match = rule?.pattern.exec(part.text);
    return rule && match
      ? [
          {
            ...part,
            rank: SCHEDULING_RULES.indexOf(rule),
            cause: rule.cause(match),
          },
        ]
      : [];
  });
  const [main] = [...matches].sort(
    (a, b) => a.rank - b.rank || resourceRank(a.cause) - resourceRank(b.cause),
  );
  if (!main) {
    return {
      code: 'unschedulable',
      text: /no nodes available/i.test(message)
        ? `The cluster has no nodes for workloads. ${PLATFORM_TEAM_ADVICE}`
        : `Not scheduled yet: ${asSentence(message)}`,
    };
  }
  const amount = main.cause.resource && requested(main.cause.resource);
  const summary = amount
    ? `Requests ${amount}, but no node fits`
    : 'No node fits';
  const nodes = matches
    .filter(({ count }) => count !== undefined)
    .map(({ count = 0, cause: { nodeState } }) => {
      const ofTotal = `of ${formatCount(total, 'node', 'nodes')}`;
      return formatCount(
        count,
        `${ofTotal} ${nodeState[0]}`,
        `${ofTotal} ${nodeState[1]}`,
      );
    });
  const details =
    nodes.length > 0 ? `: ${formatList([...new Set(nodes)])}` : '';
  return {
    code: main.cause.code,
    text: `${summary}${details}. ${main.cause.advice}`,
  };
}

/** Splits `0/3 nodes are available: 1 Insufficient cpu, 2 node(s) …. preemption: …` into causes with node counts. */
function parseMessage(message: string): {
  total: number;
  parts: Array<{ count?: number; text: string }>;
} {
  const match = /^\d+\/(\d+) nodes are available: ([\s\S]*)$/.exec(message);
  const causes = (match?.[2] ?? message)
    .split(/\.?,? (?:no new claims to deallocate|preemption: )/)[0]
    .replace(/\.+$/, '');
  return {
    total: Number(match?.[1] ?? 0),
    parts: causes.split(/, (?=\d+ )/).map(part => {
      const [, count, text] = /^(\d+) ([\s\S]+)$/.exec(part) ?? [];
      return match && count ? { count: Number(count), text } : { text: part };
    }),
  };
}

/** Orders missing resources: a missing GPU explains more than missing memory on the same nodes. */
function resourceRank({ code }: SchedulingCause): number {
  return [
    'no-free-gpu',
    'insufficient-memory',
    'insufficient-cpu',
    code,
  ].indexOf(code);
}
