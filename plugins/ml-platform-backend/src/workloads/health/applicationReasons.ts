import type {
  ApplicationSummary,
  HealthReason,
} from '@internal/plugin-ml-platform-common';
import { asSentence } from './formatting';

/** Reasons from the error conditions of an Argo CD Application. */
export function applicationReasons({
  name,
  conditions,
  operation,
}: ApplicationSummary): HealthReason[] {
  return conditions
    .filter(({ type }) => !type.endsWith('Warning'))
    .map(({ type, message }) => ({
      code: 'sync-error' as const,
      text: `${conditionSummary(type, operation)} ${asSentence(message)}`,
      object: { kind: 'Application', name },
    }));
}

function conditionSummary(
  type: string,
  operation: ApplicationSummary['operation'],
): string {
  switch (type) {
    case 'ComparisonError':
    case 'InvalidSpecError':
      return 'Argo CD cannot render the newest version, so the previous one stays deployed:';
    case 'DeletionError':
      return 'Argo CD could not delete the Application:';
    default:
      return operation?.phase === 'Running' && operation.retries > 0
        ? `Argo CD could not apply the newest version and is retrying (attempt ${
            operation.retries + 1
          }):`
        : 'Argo CD could not apply the newest version:';
  }
}

/** Reason from the operation or the health status of an Application, for when nothing explains the state better. */
export function applicationState({
  name,
  sync,
  health,
  operation,
}: ApplicationSummary): HealthReason[] {
  const object = { kind: 'Application', name };
  if (operation?.phase === 'Running') {
    return [
      {
        code: 'rolling-out',
        text: 'Argo CD is applying the newest version.',
        object,
      },
    ];
  }
  switch (health) {
    case 'Degraded':
      return [
        {
          code: 'argocd-health',
          text: 'Argo CD reports a degraded resource. Open the Application to see which one.',
          object,
        },
      ];
    case 'Progressing':
      return [
        { code: 'rolling-out', text: 'The rollout is in progress.', object },
      ];
    case 'Suspended':
      return [
        { code: 'suspended', text: 'The workload is suspended.', object },
      ];
    case 'Missing':
      return [
        {
          code: 'not-deployed',
          text:
            sync === 'OutOfSync'
              ? 'Argo CD has not deployed it yet.'
              : 'Nothing is deployed.',
          object,
        },
      ];
    default:
      return [];
  }
}
