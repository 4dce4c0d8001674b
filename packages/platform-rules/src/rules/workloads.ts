import type { Violation } from '../Violation';
import { claimSpecViolations } from './claims';
import {
  forbidden,
  invalid,
  nonNegative,
  oneOf,
  required,
  unsupported,
} from './errors';
import type { Field } from './Field';
import { dnsLabel, formatted } from './formats';
import { isEmptySelector, selectorViolations, selects } from './labels';
import { templateViolations } from './pods';
import {
  daemonSetStrategyViolations,
  deploymentStrategyViolations,
  statefulSetStrategyViolations,
} from './strategies';

const DEFAULT_DEADLINE = 600;

/** @see kubernetes `ValidateDeploymentSpec` of `pkg/apis/apps/validation` */
export function deploymentViolations(spec: Field): Violation[] {
  const ready = spec.at('minReadySeconds');
  const deadline = spec.at('progressDeadlineSeconds').or(DEFAULT_DEADLINE);
  return [
    ...nonNegative(spec.at('replicas')),
    ...workloadSelectorViolations(spec, 'deployment'),
    ...podViolations(spec, 'ReplicaSet'),
    ...deploymentStrategyViolations(spec.at('strategy')),
    ...nonNegative(ready),
    ...nonNegative(spec.at('revisionHistoryLimit')),
    ...nonNegative(deadline),
    ...((deadline.number ?? 0) <= (ready.number ?? 0)
      ? [
          invalid(deadline, 'must be greater than minReadySeconds', {
            code: 'deadline-over-min-ready',
            advice: `progressDeadlineSeconds is ${deadline.number}, not more than minReadySeconds (${ready.number}), so that no rollout could succeed.`,
          }),
        ]
      : []),
  ];
}

/** @see kubernetes `ValidateStatefulSetSpec` of `pkg/apis/apps/validation` */
export function statefulSetViolations(spec: Field): Violation[] {
  const management = spec.at('podManagementPolicy');
  const retention = spec.at('persistentVolumeClaimRetentionPolicy');
  const claims = spec.at('volumeClaimTemplates').items;
  return [
    ...(management.isSet &&
    !['OrderedReady', 'Parallel'].includes(management.text ?? '')
      ? [invalid(management, "must be 'OrderedReady' or 'Parallel'")]
      : []),
    ...statefulSetStrategyViolations(spec.at('updateStrategy')),
    ...['whenDeleted', 'whenScaled'].flatMap(name =>
      oneOf(retention.at(name), ['Retain', 'Delete']),
    ),
    ...claims.flatMap(claim => claimSpecViolations(claim.at('spec'))),
    ...nonNegative(spec.at('replicas')),
    ...nonNegative(spec.at('minReadySeconds')),
    ...nonNegative(spec.at('ordinals', 'start')),
    ...(spec.at('serviceName').text
      ? formatted(spec.at('serviceName'), dnsLabel)
      : []),
    ...workloadSelectorViolations(spec, 'statefulset'),
    ...podViolations(spec, 'StatefulSet', claims),
  ];
}

/** @see kubernetes `ValidateDaemonSetSpec` of `pkg/apis/apps/validation` */
export function daemonSetViolations(spec: Field): Violation[] {
  return [
    ...workloadSelectorViolations(spec, 'daemonset'),
    ...podViolations(spec, 'DaemonSet'),
    ...nonNegative(spec.at('minReadySeconds')),
    ...daemonSetStrategyViolations(spec.at('updateStrategy')),
    ...nonNegative(spec.at('revisionHistoryLimit')),
  ];
}

/** A Rollout of Argo Rollouts, whose pods follow the rules of a Deployment; they can also be in a workload that it names. */
export function rolloutViolations(spec: Field): Violation[] {
  return spec.at('template').isSet
    ? [
        ...workloadSelectorViolations(spec, 'deployment'),
        ...podViolations(spec, 'ReplicaSet'),
      ]
    : [];
}

function workloadSelectorViolations(spec: Field, kind: string): Violation[] {
  const selector = spec.at('selector');
  if (!selector.isSet) {
    return [
      ...(kind === 'daemonset' ? [] : [required(selector)]),
      mismatch(spec, 'spec.selector is missing.'),
    ];
  }
  const problems = selectorViolations(selector);
  if (problems.length > 0) {
    return [
      ...problems,
      {
        ...invalid(
          selector,
          kind === 'statefulset' ? '' : 'invalid label selector',
        ),
        advice: 'spec.selector is not valid.',
      },
    ];
  }
  if (isEmptySelector(selector)) {
    return [
      invalid(selector, `empty selector is invalid for ${kind}`, {
        code: 'selector-empty',
        advice: 'spec.selector is empty. Write labels that only its pods have.',
      }),
    ];
  }
  return selects(selector, spec.at('template', 'metadata', 'labels'))
    ? []
    : [mismatch(spec, mismatchAdvice(spec))];
}

function mismatch(spec: Field, advice: string): Violation {
  return invalid(
    spec.at('template', 'metadata', 'labels'),
    '`selector` does not match template `labels`',
    { code: 'selector-matches-template', advice },
  );
}

function mismatchAdvice(spec: Field): string {
  const labels = spec.at('template', 'metadata', 'labels').entries;
  const [key, value] =
    spec
      .at('selector', 'matchLabels')
      .entries.find(
        ([name, wanted]) =>
          labels.find(([label]) => label === name)?.[1].text !== wanted.text,
      ) ?? [];
  return key
    ? `spec.selector requires ${key}: ${value?.text}, but its pods do not have this label. Use the same labels in spec.template.metadata.labels.`
    : 'spec.selector does not select its pods. Use the same labels in spec.template.metadata.labels.';
}

function podViolations(
  spec: Field,
  controller: string,
  claims: Field[] = [],
): Violation[] {
  const template = spec.at('template');
  const policy = template.at('spec', 'restartPolicy');
  const deadline = template.at('spec', 'activeDeadlineSeconds');
  return [
    ...templateViolations(template, { claims }),
    ...(policy.isSet && policy.text !== 'Always'
      ? [
          unsupported(policy, ['Always'], {
            code: 'restart-policy',
            advice: 'restartPolicy must be Always.',
          }),
        ]
      : []),
    ...(deadline.isSet
      ? [
          forbidden(
            deadline,
            `activeDeadlineSeconds in ${controller} is not Supported`,
            {
              code: 'active-deadline',
              advice:
                'activeDeadlineSeconds would end pods that should run forever. Remove it.',
            },
          ),
        ]
      : []),
  ];
}
