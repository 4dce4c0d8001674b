import type {
  ApplicationSummary,
  HealthReason,
} from '@internal/plugin-ml-platform-common';
import { asSentence } from './formatting';

/** What Argo CD says is wrong. */
export function applicationReasons({
  name,
  conditions,
  operation,
}: ApplicationSummary): HealthReason[] {
  return conditions
    .filter(({ type }) => !type.endsWith('Warning'))
    .map(({ type, message }) => ({
      code: 'sync-error' as const,
      text: `${opening(type, operation)} ${asSentence(message)}`,
      object: { kind: 'Application', name },
    }));
}

function opening(
  type: string,
  operation: ApplicationSummary['operation'],
): string {
  switch (type) {
    case 'ComparisonError':
    case 'InvalidSpecError':
      return 'Argo CD cannot build the newest version, so the one before stays:';
    case 'DeletionError':
      return 'Argo CD cannot remove it:';
    default:
      return operation?.phase === 'Running' && operation.retries > 0
        ? `Argo CD could not apply the newest version and tries again (attempt ${
            operation.retries + 1
          }):`
        : 'Argo CD could not apply the newest version:';
  }
}

/** What Argo CD is at, or thinks, when nothing else explains the state of what it deployed. */
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
          text: 'Argo CD says that a part of it is degraded. Open the Application to see which.',
          object,
        },
      ];
    case 'Progressing':
      return [{ code: 'rolling-out', text: 'It is being rolled out.', object }];
    case 'Suspended':
      return [{ code: 'suspended', text: 'It is suspended.', object }];
    case 'Missing':
      return [
        {
          code: 'not-deployed',
          text:
            sync === 'OutOfSync'
              ? 'Argo CD has not applied it yet.'
              : 'Nothing is deployed here.',
          object,
        },
      ];
    default:
      return [];
  }
}
