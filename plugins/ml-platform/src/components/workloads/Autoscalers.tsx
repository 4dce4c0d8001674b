import { Flex, Text } from '@backstage/ui';
import type { Autoscaler } from '@internal/plugin-ml-platform-common';

/** One line for each autoscaler: its range, where it is, and what it scales by. */
export function Autoscalers({ autoscalers }: { autoscalers: Autoscaler[] }) {
  return autoscalers.length === 0 ? null : (
    <Flex direction="column" gap="1">
      {autoscalers.map(autoscaler => (
        <Text as="p" key={autoscaler.name}>
          {autoscalerText(autoscaler)}
        </Text>
      ))}
    </Flex>
  );
}

function autoscalerText(autoscaler: Autoscaler): string {
  const { target, min, max, current, desired, metrics } = autoscaler;
  const wanted =
    desired === undefined || desired === current ? '' : `, ${desired} wanted`;
  const replicas =
    current === undefined ? 'has not reported yet' : `${current} now${wanted}`;
  return [
    `Autoscaler of ${target.kind} ${target.name}: ${min} to ${max} pods, ${replicas}`,
    ...metrics.map(
      metric =>
        `${metric.resource} ${
          metric.current === undefined ? 'not measured' : `${metric.current} %`
        } of the requests, target ${metric.target} %`,
    ),
  ].join('; ');
}
