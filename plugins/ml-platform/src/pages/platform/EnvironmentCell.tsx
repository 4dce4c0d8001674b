import { Cell, Text } from '@backstage/ui';
import type { TeamEnvironment } from '@internal/plugin-ml-platform-common';
import { HEALTH_LABELS, HEALTH_TONES } from '../../components/healthStates';
import { Pill } from '../../components/shared/Pill';
import { deployedCount, worstState } from './teamRows';

/** Worst state of a team's workloads in an environment, with how many of them are in it. */
export function EnvironmentCell({ counts }: Pick<TeamEnvironment, 'counts'>) {
  const state = worstState(counts);
  const total = deployedCount(counts);
  if (!state) {
    return (
      <Cell>
        <Text color="secondary">Nothing</Text>
      </Cell>
    );
  }
  return (
    <Cell>
      <Pill tone={HEALTH_TONES[state]}>{HEALTH_LABELS[state]}</Pill>
      <Text as="div" variant="body-small" color="secondary">
        {counts[state] === total
          ? `all ${total}`
          : `${counts[state]} of ${total}`}
      </Text>
    </Cell>
  );
}
