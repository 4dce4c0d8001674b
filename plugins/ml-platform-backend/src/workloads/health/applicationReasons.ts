import type {
  ApplicationCondition,
  ApplicationSummary,
  HealthCode,
  HealthReason,
} from '@internal/plugin-ml-platform-common';
import { asSentence, formatCount, PLATFORM_TEAM_ADVICE } from './formatting';

/** Introductions of the conditions that Argo CD sets, and what to do about them. */
interface ConditionText {
  code?: HealthCode;
  introduction: string;
  advice?: string;
}

/**
 * All condition types of Argo CD, and that of its source hydrator.
 *
 * @see argoproj/argo-cd v3.5.3 pkg/apis/application/v1alpha1/types.go, ApplicationConditionType
 */
const CONDITIONS: Record<string, ConditionText> = {
  ComparisonError: {
    introduction:
      'Argo CD cannot render the newest version, so the previous one stays deployed:',
  },
  InvalidSpecError: {
    introduction:
      'Argo CD does not accept the settings of the Application, so nothing new is deployed:',
    advice: PLATFORM_TEAM_ADVICE,
  },
  DeletionError: {
    introduction: 'Argo CD could not delete the Application:',
    advice: PLATFORM_TEAM_ADVICE,
  },
  HydrationError: {
    introduction:
      'Argo CD cannot hydrate the newest version, so the previous one stays deployed:',
  },
  UnknownError: {
    code: 'sync-unknown',
    introduction:
      'Argo CD could not update the state of the Application, so what it shows may be out of date:',
    advice: PLATFORM_TEAM_ADVICE,
  },
  SharedResourceWarning: {
    introduction:
      'Several Applications manage the same resource and overwrite each other:',
    advice: 'Remove the resource from all but one of them.',
  },
  RepeatedResourceWarning: {
    introduction:
      'A resource is defined more than once, and only its last definition is deployed:',
    advice: 'Remove the others.',
  },
  ExcludedResourceWarning: {
    introduction:
      'A resource is not deployed, because the settings of Argo CD exclude its kind:',
    advice: 'Remove it, or ask the platform team to allow the kind.',
  },
  OrphanedResourceWarning: {
    introduction:
      'The namespace has resources that no Application manages and that Git does not have:',
  },
};

/** Reasons from the conditions and the failed sync of an Argo CD Application. */
export function applicationReasons(
  summary: ApplicationSummary,
): HealthReason[] {
  const { name, conditions, operation } = summary;
  const reasons = conditions.map((condition): HealthReason => {
    const { type, severity, since, message, resources = [] } = condition;
    const { code, advice } = CONDITIONS[type] ?? {};
    const [resource] = resources;
    return {
      code: code ?? (severity === 'error' ? 'sync-error' : 'sync-warning'),
      text: [
        introduction(condition, operation),
        asSentence(message === '' ? 'Argo CD gives no reason' : message),
        advice,
      ]
        .filter(part => part !== undefined)
        .join(' '),
      ...(since && { since }),
      object: resource
        ? { kind: resource.kind, name: resource.name }
        : { kind: 'Application', name },
    };
  });
  return conditions.some(({ severity }) => severity === 'error')
    ? reasons
    : [...unexplainedFailure(summary), ...reasons];
}

function introduction(
  { type, severity, resources }: ApplicationCondition,
  operation: ApplicationSummary['operation'],
): string {
  const known = CONDITIONS[type]?.introduction;
  if (known) {
    return known;
  }
  if (severity !== 'error') {
    return `Argo CD warns (${type}):`;
  }
  if (type !== 'SyncError') {
    return `Argo CD reports a problem (${type}):`;
  }
  const [first, ...others] = resources ?? [];
  const subject = first ? `${first.kind} ${first.name}` : 'the newest version';
  const more =
    others.length > 0
      ? ` and ${formatCount(others.length, 'more resource', 'more resources')}`
      : '';
  const failure = first?.hook
    ? `The ${first.hook} hook ${subject}${more} failed`
    : `Argo CD could not apply ${subject}${more}`;
  return `${failure}${retries(operation)}:`;
}

function retries(operation: ApplicationSummary['operation']): string {
  if (!operation?.retries) {
    return '';
  }
  return operation.phase === 'Running'
    ? ` and is retrying (attempt ${operation.retries + 1})`
    : `, also not in ${formatCount(operation.retries, 'retry', 'retries')}`;
}

/** A sync that failed without a message. */
function unexplainedFailure({
  name,
  sync,
  operation,
}: ApplicationSummary): HealthReason[] {
  const { phase, finishedAt } = operation ?? {};
  return sync !== 'Synced' && (phase === 'Failed' || phase === 'Error')
    ? [
        {
          code: 'sync-error',
          text: `The last sync failed, and Argo CD gives no reason. ${PLATFORM_TEAM_ADVICE}`,
          ...(finishedAt && { since: finishedAt }),
          object: { kind: 'Application', name },
        },
      ]
    : [];
}
