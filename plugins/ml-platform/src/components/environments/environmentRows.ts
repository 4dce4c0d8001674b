import type {
  WorkloadAnswers,
  WorkloadEnvironment,
} from '@internal/plugin-ml-platform-common';
import type { WorkloadTarget } from '../../api/MlPlatformClient';
import { changeLinks } from '../changeLinks';
import type { EnvironmentRow } from './EnvironmentsTable';

/** Rows of the table of environments. Without answers, or the right to request changes, they have no links. */
export function environmentRows(options: {
  target: WorkloadTarget;
  environments: WorkloadEnvironment[];
  answers: WorkloadAnswers | undefined;
}): EnvironmentRow[] {
  const { target, environments, answers } = options;
  return environments.map(row => {
    const { environment } = row;
    return {
      ...row,
      id: environment,
      isBehind: Boolean(
        answers?.items.find(item => item.environment === environment)?.isBehind,
      ),
      links: answers?.mayRequest
        ? changeLinks({ target, environment, environments, answers })
        : [],
    };
  });
}
