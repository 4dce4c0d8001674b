import type { Violation } from '../Violation';
import {
  OMITTED,
  invalid,
  nonNegative,
  oneOf,
  required,
  unsupported,
} from './errors';
import type { Field } from './Field';
import { dnsLabel } from './formats';
import {
  failurePolicyViolations,
  successPolicyViolations,
} from './jobPolicies';
import { selectorViolations, selects } from './labels';
import { templateViolations } from './pods';

const MAX_INDEXED = 100_000;

/** @see kubernetes `ValidateJob` of `pkg/apis/batch/validation` */
export function jobViolations(spec: Field, name: string): Violation[] {
  return [
    ...jobSpecViolations(spec),
    ...jobSelectorViolations(spec),
    ...hostnameViolations(spec, name),
  ];
}

/** Rules of a Job's specification wherever it is, for example in a CronJob. */
export function jobSpecViolations(spec: Field): Violation[] {
  const isIndexed = spec.at('completionMode').text === 'Indexed';
  return [
    ...[
      'parallelism',
      'completions',
      'activeDeadlineSeconds',
      'backoffLimit',
      'ttlSecondsAfterFinished',
      'backoffLimitPerIndex',
      'maxFailedIndexes',
    ].flatMap(name => nonNegative(spec.at(name))),
    ...(spec.at('maxFailedIndexes').isSet &&
    !spec.at('backoffLimitPerIndex').isSet
      ? [
          required(
            spec.at('backoffLimitPerIndex'),
            'when maxFailedIndexes is specified',
          ),
        ]
      : []),
    ...managedByViolations(spec.at('managedBy')),
    ...oneOf(spec.at('completionMode'), ['NonIndexed', 'Indexed']),
    ...(isIndexed ? indexedViolations(spec) : nonIndexedViolations(spec)),
    ...failurePolicyViolations(spec),
    ...successPolicyViolations(spec, isIndexed),
    ...replacementViolations(spec),
    ...templateViolations(spec.at('template')),
    ...restartViolations(spec),
  ];
}

function managedByViolations(managedBy: Field): Violation[] {
  const [domain, ...path] = managedBy.text?.split('/') ?? [];
  return managedBy.text && (path.length === 0 || domain === '')
    ? [
        invalid(
          managedBy,
          'must be a domain-prefixed path (such as "acme.io/foo")',
        ),
      ]
    : [];
}

function indexedViolations(spec: Field): Violation[] {
  const parallelism = spec.at('parallelism');
  const maxFailed = spec.at('maxFailedIndexes');
  // Without both, completions is 1.
  const completions = parallelism.isSet
    ? spec.at('completions')
    : spec.at('completions').or(1);
  return [
    ...(completions.isSet
      ? []
      : [
          required(completions, 'when completion mode is Indexed', {
            code: 'job-completions',
            advice:
              'completionMode is Indexed, but completions is missing. Say how many indexes there are.',
          }),
        ]),
    ...((parallelism.number ?? 0) > MAX_INDEXED
      ? [
          invalid(
            parallelism,
            `must be less than or equal to ${MAX_INDEXED} when completion mode is Indexed`,
          ),
        ]
      : []),
    ...((maxFailed.number ?? 0) > (completions.number ?? Infinity)
      ? [invalid(maxFailed, 'must be less than or equal to completions')]
      : []),
    ...((maxFailed.number ?? 0) > MAX_INDEXED
      ? [invalid(maxFailed, `must be less than or equal to ${MAX_INDEXED}`)]
      : []),
  ];
}

function nonIndexedViolations(spec: Field): Violation[] {
  return spec.at('completionMode').isSet &&
    spec.at('completionMode').text !== 'NonIndexed'
    ? []
    : ['backoffLimitPerIndex', 'maxFailedIndexes']
        .map(name => spec.at(name))
        .filter(field => field.isSet)
        .map(field =>
          invalid(field, 'requires indexed completion mode', {
            code: 'job-not-indexed',
            advice: `${field.path} needs completionMode: Indexed.`,
          }),
        );
}

function replacementViolations(spec: Field): Violation[] {
  const policy = spec.at('podReplacementPolicy');
  return spec.at('podFailurePolicy').isSet
    ? oneOf(policy, ['Failed'])
    : oneOf(policy, ['Failed', 'TerminatingOrFailed']);
}

function restartViolations(spec: Field): Violation[] {
  const policy = spec.at('template', 'spec', 'restartPolicy');
  const allowed = ['OnFailure', 'Never'];
  const texts = {
    code: 'restart-policy',
    advice: 'restartPolicy must be Never or OnFailure.',
  };
  if (!policy.text || policy.text === 'Always') {
    return [required(policy, 'valid values: "OnFailure", "Never"', texts)];
  }
  if (!allowed.includes(policy.text)) {
    return [unsupported(policy, allowed, texts)];
  }
  return spec.at('podFailurePolicy').isSet && policy.text !== 'Never'
    ? [
        invalid(
          policy,
          'only "Never" is supported when podFailurePolicy is specified',
        ),
      ]
    : [];
}

function jobSelectorViolations(spec: Field): Violation[] {
  const selector = spec.at('selector');
  const labels = spec.at('template', 'metadata', 'labels');
  if (spec.at('manualSelector').isTrue) {
    return [
      ...(selector.isSet ? selectorViolations(selector) : [required(selector)]),
      ...(selector.isSet && !selects(selector, labels)
        ? [
            invalid(labels, '`selector` does not match template `labels`', {
              code: 'selector-matches-template',
              advice:
                'spec.selector does not select its pods. Use the same labels in spec.template.metadata.labels.',
            }),
          ]
        : []),
    ];
  }
  return selector.isSet
    ? [
        {
          code: 'job-selector',
          advice:
            'spec.selector is set, but the API server makes it. Remove it.',
          server: {
            phase: 'validation',
            text: `spec.selector: Invalid value: ${OMITTED}: \`selector\` not auto-generated`,
          },
        },
      ]
    : [];
}

/** An Indexed Job appends the index to its name for the host names of its pods. */
function hostnameViolations(spec: Field, name: string): Violation[] {
  const completions = spec.at('completions').number ?? 0;
  const hostname = `${name}-${completions - 1}`;
  return spec.at('completionMode').text === 'Indexed' &&
    completions > 0 &&
    dnsLabel(hostname).length > 0
    ? [
        invalid(
          spec.named('metadata.name').withValue(name),
          `will not able to create pod with invalid DNS label: ${hostname}`,
          { code: 'object-name' },
        ),
      ]
    : [];
}
