import type {
  ChangeRequestSummary,
  WorkloadAnswers,
  WorkloadEnvironment,
} from '@internal/plugin-ml-platform-common';
import type { WorkloadTarget } from '../../api/MlPlatformClient';
import { previousEnvironment, requestFor } from './environmentActions';
import type { PipelineStage } from './Pipeline';

/** Adds what is known about changes to the environments of a workload. */
export function pipelineStages(options: {
  target: WorkloadTarget;
  environments: WorkloadEnvironment[];
  answers: WorkloadAnswers | undefined;
  /** Open change requests of the workload. */
  requests: ChangeRequestSummary[];
}): PipelineStage[] {
  const { target, environments, answers, requests } = options;
  return environments.map(row => {
    const { environment } = row;
    return {
      ...row,
      request: requestFor(requests, target, environment),
      from: previousEnvironment(environments, environment),
      newer: answers?.promotions.find(({ to }) => to === environment)?.changes,
    };
  });
}
