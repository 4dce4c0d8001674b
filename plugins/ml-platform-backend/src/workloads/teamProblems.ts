import type {
  HealthState,
  TeamProblem,
  TeamWorkload,
} from '@internal/plugin-ml-platform-common';

const MAX_PROBLEMS = 5;

/** States of a team's workloads in one environment. */
export function statesIn(
  workloads: TeamWorkload[],
  environment: string,
): Array<{ state: HealthState }> {
  return workloads.flatMap(({ environments }) =>
    environments
      .filter(each => each.environment === environment)
      .map(({ health }) => ({ state: health.state })),
  );
}

/** Degraded workloads, those in later environments first: production is the last one. */
export function listProblems(workloads: TeamWorkload[]): TeamProblem[] {
  const problems = workloads.flatMap(({ workload, environments }) =>
    environments.flatMap(({ environment, health }, position) =>
      health.state === 'degraded'
        ? [
            {
              position,
              problem: {
                workload,
                environment,
                state: health.state,
                reason: health.reasons[0],
              },
            },
          ]
        : [],
    ),
  );
  return problems
    .sort(
      (a, b) =>
        b.position - a.position ||
        a.problem.workload.localeCompare(b.problem.workload),
    )
    .slice(0, MAX_PROBLEMS)
    .map(({ problem }) => problem);
}
