import { nanosOf } from '../quantities';
import type { Violation } from '../Violation';
import { claimSpecViolations } from './claims';
import { downwardItemViolations } from './environment';
import { duplicate, forbidden, invalid, oneOf, required } from './errors';
import type { Field } from './Field';
import { dnsLabel, requiredFormat } from './formats';
import { noBacksteps, volumePath } from './paths';
import { asQuantity } from './resources';

const MODE = 'must be a number between 0 and 0777 (octal), both inclusive';
const MAX_MODE = 0o777;
const MIN_TOKEN_SECONDS = 600;
const MAX_TOKEN_SECONDS = 2 ** 32;
const HOST_PATH_TYPES = [
  '',
  'BlockDevice',
  'CharDevice',
  'Directory',
  'DirectoryOrCreate',
  'File',
  'FileOrCreate',
  'Socket',
];

/** Sources in the order in which the API server looks at them; the others have no rules beyond their types. */
const SOURCES: [name: string, rule: (source: Field) => Violation[]][] = [
  [
    'emptyDir',
    source =>
      (nanosOf(asQuantity(source.at('sizeLimit').or(0))) ?? 0n) < 0n
        ? [
            forbidden(
              source.at('sizeLimit'),
              'SizeLimit field must be a valid resource quantity',
            ),
          ]
        : [],
  ],
  [
    'hostPath',
    source =>
      source.at('path').text
        ? [
            ...noBacksteps(source.at('path')),
            ...oneOf(source.at('type'), HOST_PATH_TYPES),
          ]
        : [required(source.at('path'))],
  ],
  ['gitRepo', () => []],
  ['gcePersistentDisk', () => []],
  ['awsElasticBlockStore', () => []],
  ['secret', source => filesViolations(source, 'secretName')],
  [
    'nfs',
    source => [
      ...missing(source, 'server', 'path'),
      ...(source.at('path').text && !source.at('path').text?.startsWith('/')
        ? [invalid(source.at('path'), 'must be an absolute path')]
        : []),
    ],
  ],
  ['iscsi', () => []],
  ['glusterfs', () => []],
  ['persistentVolumeClaim', source => missing(source, 'claimName')],
  ['rbd', () => []],
  ['cinder', () => []],
  ['cephfs', () => []],
  ['quobyte', () => []],
  [
    'downwardAPI',
    source => [
      ...modeViolations(source.at('defaultMode')),
      ...source
        .at('items')
        .items.flatMap(item => downwardFileViolations(item, source)),
    ],
  ],
  ['fc', () => []],
  ['flexVolume', () => []],
  ['configMap', source => filesViolations(source, 'name')],
  ['azureFile', () => []],
  ['flocker', () => []],
  ['vsphereVolume', () => []],
  ['photonPersistentDisk', () => []],
  ['portworxVolume', () => []],
  ['azureDisk', () => []],
  ['storageos', () => []],
  ['projected', projectedViolations],
  ['scaleIO', () => []],
  ['csi', source => missing(source, 'driver')],
  [
    'ephemeral',
    source =>
      source.at('volumeClaimTemplate').isSet
        ? claimSpecViolations(source.at('volumeClaimTemplate', 'spec'))
        : [required(source.at('volumeClaimTemplate'))],
  ],
  ['image', () => []],
];

/**
 * Validates volumes.
 *
 * @returns violations, and the valid volumes by name: containers can mount only these.
 * @see kubernetes `ValidateVolumes` of `pkg/apis/core/validation`
 */
export function validateVolumes(list: Field): {
  violations: Violation[];
  volumes: Map<string, Field>;
} {
  const violations: Violation[] = [];
  const volumes = new Map<string, Field>();
  for (const volume of list.items) {
    const name = volume.at('name');
    const own = [
      ...sourceViolations(volume),
      ...requiredFormat(name, dnsLabel),
      ...(volumes.has(name.text ?? '')
        ? [
            duplicate(name, {
              code: 'volume-name-twice',
              advice: `two volumes have the name ${name.text}. Rename one.`,
            }),
          ]
        : []),
    ];
    violations.push(...own);
    if (own.length === 0) {
      volumes.set(name.text ?? '', volume);
    }
  }
  return { violations, volumes };
}

function sourceViolations(volume: Field): Violation[] {
  const set = SOURCES.filter(([name]) => volume.at(name).isSet);
  return set.flatMap(([name, rule], index) =>
    index === 0
      ? rule(volume.at(name))
      : [
          forbidden(
            volume.at(name),
            'may not specify more than 1 volume type',
            {
              code: 'volume-source-twice',
              advice: `${volume.path} is ${set[0][0]} and ${name}. Remove one of them.`,
            },
          ),
        ],
  );
}

function missing(source: Field, ...names: string[]): Violation[] {
  return names
    .filter(name => !source.at(name).text)
    .map(name => required(source.at(name)));
}

function filesViolations(source: Field, nameField: string): Violation[] {
  return [
    ...missing(source, nameField),
    ...modeViolations(source.at('defaultMode')),
    ...source.at('items').items.flatMap(itemViolations),
  ];
}

function itemViolations(item: Field): Violation[] {
  return [
    ...missing(item, 'key', 'path'),
    ...volumePath(item.at('path')),
    ...modeViolations(item.at('mode')),
  ];
}

function modeViolations(mode: Field): Violation[] {
  return mode.number !== undefined &&
    (mode.number < 0 || mode.number > MAX_MODE)
    ? [
        invalid(mode, MODE, {
          code: 'file-mode',
          advice: `${mode.path} is ${mode.number}, more than 511 (octal 0777). Write it in octal, for example 0644.`,
        }),
      ]
    : [];
}

function downwardFileViolations(item: Field, parent: Field): Violation[] {
  const path = item.at('path').named(`${parent.path}.path`);
  return [
    ...(path.text ? volumePath(path) : [required(path)]),
    ...downwardItemViolations(item, parent),
    ...modeViolations(item.at('mode').named(`${parent.path}.mode`)),
  ];
}

function projectedViolations(projected: Field): Violation[] {
  const paths = new Set<string>();
  const conflicts = (source: Field, name: unknown): Violation[] =>
    source.at('items').items.flatMap(item => {
      const path = item.at('path').text;
      const isTwice = path !== undefined && paths.has(path);
      paths.add(path ?? '');
      return isTwice
        ? [invalid(projected.withValue(name), 'conflicting duplicate paths')]
        : [];
    });
  return [
    ...projected.at('sources').items.flatMap(source => {
      const files = ['secret', 'configMap']
        .map(name => source.at(name))
        .filter(field => field.isSet);
      const token = source.at('serviceAccountToken');
      const set = [
        'secret',
        'configMap',
        'downwardAPI',
        'serviceAccountToken',
        'clusterTrustBundle',
        'podCertificate',
      ].filter(name => source.at(name).isSet);
      return [
        ...files.flatMap(file => [
          ...missing(file, 'name'),
          ...file.at('items').items.flatMap(itemViolations),
          ...conflicts(file, file.at('name').value),
        ]),
        ...(token.isSet ? tokenViolations(token, projected) : []),
        ...(set.length > 1
          ? [
              forbidden(
                source,
                'may not specify more than 1 volume type per source',
                {
                  code: 'volume-source-twice',
                  advice: `${source.path} is ${set.join(
                    ' and ',
                  )}. Write one entry for each.`,
                },
              ),
            ]
          : []),
      ];
    }),
    ...modeViolations(projected.at('defaultMode')),
  ];
}

function tokenViolations(token: Field, projected: Field): Violation[] {
  const seconds = token.at('expirationSeconds');
  const path = token.at('path').named(`${projected.path}.path`);
  return [
    ...((seconds.number ?? MIN_TOKEN_SECONDS) < MIN_TOKEN_SECONDS
      ? [invalid(seconds, 'may not specify a duration less than 10 minutes')]
      : []),
    ...((seconds.number ?? 0) > MAX_TOKEN_SECONDS
      ? [
          invalid(
            seconds,
            'may not specify a duration larger than 2^32 seconds',
          ),
        ]
      : []),
    ...(path.text ? volumePath(path) : [required(path)]),
  ];
}
