import { Alert } from '@backstage/ui';
import type { WorkloadEnvironment } from '@internal/plugin-ml-platform-common';

const STATUSES = {
  error: 'danger',
  warning: 'warning',
  info: 'info',
} as const;

/** Problems and warnings that Argo CD reports on an environment, each as an alert. */
export function Conditions({ environment, application }: WorkloadEnvironment) {
  return application?.conditions.map(
    ({ type, message, severity, resources = [] }) => (
      <Alert
        key={`${type} ${message}`}
        role="status"
        status={STATUSES[severity]}
        icon
        title={`${environment}: ${[
          type,
          ...resources.map(({ kind, name }) => `${kind} ${name}`),
        ].join(', ')}`}
        description={message}
      />
    ),
  );
}
