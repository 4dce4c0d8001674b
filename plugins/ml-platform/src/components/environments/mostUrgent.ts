import type {
  HealthState,
  WorkloadEnvironment,
} from '@internal/plugin-ml-platform-common';

const URGENT: HealthState[] = ['degraded', 'unknown', 'waiting', 'progressing'];

/** The environment that needs somebody: the last one with the most urgent state. Undefined when none does. */
export function mostUrgent<T extends Pick<WorkloadEnvironment, 'health'>>(
  environments: T[],
): T | undefined {
  return URGENT.map(state =>
    environments.findLast(({ health }) => health.state === state),
  ).find(found => found !== undefined);
}
