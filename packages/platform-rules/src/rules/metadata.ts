import type { Violation } from '../Violation';
import { invalid, required } from './errors';
import type { Field } from './Field';
import {
  dnsLabel,
  dnsSubdomain,
  type Format,
  pathSegment,
  qualifiedName,
  formatted,
} from './formats';
import { annotationsViolations, labelsViolations } from './labels';

/** Formats of names by kind; all others are DNS subdomains. */
const NAMES: Readonly<Record<string, Format>> = {
  ClusterRole: pathSegment,
  ClusterRoleBinding: pathSegment,
  Namespace: dnsLabel,
  Role: pathSegment,
  RoleBinding: pathSegment,
  Service: dnsLabel,
  StatefulSet: dnsLabel,
};

/** A CronJob appends 11 characters to its name for its Jobs. */
const CRON_JOB_NAME = 52;

/** Validates names, labels and annotations as the API server does. */
export function metadataViolations(kind: string, object: Field): Violation[] {
  const metadata = object.at('metadata');
  return [
    ...nameViolations(kind, metadata),
    ...labelsViolations(metadata.at('labels')),
    ...annotationsViolations(metadata.at('annotations')),
    ...finalizerViolations(metadata.at('finalizers')),
  ];
}

function nameViolations(kind: string, metadata: Field): Violation[] {
  const name = metadata.at('name');
  if (!name.text) {
    return metadata.at('generateName').text
      ? []
      : [required(name, 'name or generateName is required')];
  }
  const format = Object.hasOwn(NAMES, kind) ? NAMES[kind] : dnsSubdomain;
  const tooLong =
    kind === 'CronJob' && name.text.length > CRON_JOB_NAME
      ? [
          invalid(name, `must be no more than ${CRON_JOB_NAME} characters`, {
            code: 'object-name',
            advice: `its name has more than ${CRON_JOB_NAME} characters, so that no names are left for its Jobs.`,
          }),
        ]
      : [];
  return [
    ...format(name.text).map(words =>
      invalid(name, words, {
        code: 'object-name',
        advice: `its name is not valid: ${words}.`,
      }),
    ),
    ...tooLong,
  ];
}

function finalizerViolations(finalizers: Field): Violation[] {
  return finalizers.items.flatMap(finalizer => {
    const problems = formatted(finalizer, qualifiedName);
    const isStandard = ['orphan', 'foregroundDeletion', 'kubernetes'].includes(
      finalizer.text ?? '',
    );
    return problems.length > 0 || isStandard || finalizer.text?.includes('/')
      ? problems
      : [
          invalid(
            finalizer,
            'name is neither a standard finalizer name nor is it fully qualified',
          ),
        ];
  });
}
