import { canonicalQuantity, nanosOf } from '../quantities';
import type { Violation } from '../Violation';
import { forbidden, invalid, oneOf, required, unsupported } from './errors';
import type { Field } from './Field';
import { dnsSubdomain, formatted } from './formats';
import { selectorViolations } from './labels';
import { asQuantity } from './resources';

const ACCESS_MODES = [
  'ReadOnlyMany',
  'ReadWriteMany',
  'ReadWriteOnce',
  'ReadWriteOncePod',
];

/** @see kubernetes `ValidatePersistentVolumeClaimSpec` of `pkg/apis/core/validation` */
export function claimSpecViolations(spec: Field): Violation[] {
  const modes = spec.at('accessModes');
  const storage = spec.at('resources', 'requests', 'storage');
  const size = storage.named(`${spec.path}.resources[storage]`);
  const known = modes.texts.filter(mode => ACCESS_MODES.includes(mode));
  return [
    ...(modes.items.length === 0
      ? [
          required(modes, 'at least 1 access mode is required', {
            code: 'claim-access-modes',
            advice: 'accessModes is missing. For example [ReadWriteOnce].',
          }),
        ]
      : []),
    ...selectorViolations(spec.at('selector')),
    ...modes.items
      .filter(mode => !ACCESS_MODES.includes(mode.text ?? ''))
      .map(mode => unsupported(mode.named(modes.path), ACCESS_MODES)),
    ...(known.includes('ReadWriteOncePod') && new Set(known).size > 1
      ? [
          forbidden(
            modes,
            'may not use ReadWriteOncePod with other access modes',
          ),
        ]
      : []),
    ...sizeViolations(size),
    ...(spec.at('storageClassName').text
      ? formatted(spec.at('storageClassName'), dnsSubdomain)
      : []),
    ...oneOf(spec.at('volumeMode'), ['Block', 'Filesystem']),
    ...sourceViolations(spec),
  ];
}

function sizeViolations(size: Field): Violation[] {
  if (!size.isSet) {
    return [
      required(size, '', {
        code: 'claim-size',
        advice:
          'resources.requests.storage is missing. Say how large the volume is, for example 10Gi.',
      }),
    ];
  }
  return (nanosOf(asQuantity(size)) ?? 1n) <= 0n
    ? [
        invalid(
          size.withValue(canonicalQuantity(asQuantity(size))),
          'must be greater than zero',
          { code: 'claim-size' },
        ),
      ]
    : [];
}

/** The API server copies `dataSource` to `dataSourceRef` first, and drops it if it refers to nothing that it knows. */
function sourceViolations(spec: Field): Violation[] {
  const source = spec.at('dataSource');
  const isKnown =
    source.at('apiGroup').isSet ||
    source.at('kind').text === 'PersistentVolumeClaim';
  const targets = [
    ...(source.isSet && isKnown ? [source] : []),
    ...(spec.at('dataSourceRef').isSet
      ? [spec.at('dataSourceRef')]
      : [source.named(`${spec.path}.dataSourceRef`)].filter(
          copy => copy.isSet && isKnown,
        )),
  ];
  return targets.flatMap(target => [
    ...(target.at('name').text ? [] : [required(target.at('name'))]),
    ...(target.at('kind').text ? [] : [required(target.at('kind'))]),
    ...(!target.at('apiGroup').text &&
    target.at('kind').text !== 'PersistentVolumeClaim'
      ? [
          invalid(
            target.withValue(target.at('kind').text ?? ''),
            "must be 'PersistentVolumeClaim' when referencing the default apiGroup",
          ),
        ]
      : []),
  ]);
}
