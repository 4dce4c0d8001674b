import { isDeepStrictEqual } from 'node:util';
import { type KubernetesObject, unitsOf } from '@internal/platform-rules';
import type { Effect, ObjectRule } from './Comparison';
import { field, itemsOf, textOf } from './fields';

/** Fields of a claim's spec that no existing claim can change. */
const FIXED = [
  'accessModes',
  'dataSource',
  'dataSourceRef',
  'selector',
  'storageClassName',
  'volumeMode',
  'volumeName',
];

/** Volumes that are deleted, shrunk or replaced by empty ones. */
export const volumeEffects: ObjectRule = (
  { before, after },
  { after: all },
) => {
  switch (before?.kind) {
    case 'PersistentVolumeClaim':
      return [
        ...claimEffects(before, after, all),
        ...(after ? syncTexts(before, after).map(lost) : []),
      ];
    case 'StatefulSet':
      return statefulSetEffects(before, after);
    default:
      return [];
  }
};

const SYNC_OPTIONS = 'argocd.argoproj.io/sync-options';
const HOOKS = ['argocd.argoproj.io/hook', 'helm.sh/hook'];

/** Finds annotations by which Argo CD deletes a claim that stays in Git, or no longer asks before it deletes it. */
function syncTexts(before: KubernetesObject, after: KubernetesObject) {
  const [was, becomes] = [before, after].map(
    ({ metadata: { annotations = {} } }) => ({
      hook: HOOKS.some(name => annotations[name]),
      options: (annotations[SYNC_OPTIONS] ?? '')
        .split(',')
        .map(option => option.trim()),
    }),
  );
  const isNew = (option: string) =>
    becomes.options.includes(option) && !was.options.includes(option);
  const confirmed = ['Prune', 'Delete'].filter(
    name =>
      was.options.includes(`${name}=confirm`) &&
      !['confirm', 'false'].some(value =>
        becomes.options.includes(`${name}=${value}`),
      ),
  );
  return [
    ...(becomes.hook && !was.hook
      ? [
          'becomes a hook, which Argo CD deletes before it makes it anew: its volume goes with everything on it. Remove the annotation.',
        ]
      : []),
    ...(isNew('Force=true')
      ? [
          'has the option Force=true: Argo CD deletes it with everything on its volume, and makes it anew, when it cannot change it. Remove the option.',
        ]
      : []),
    ...(confirmed.length > 0
      ? [
          `loses ${confirmed
            .map(name => `${name}=confirm`)
            .join(
              ' and ',
            )}: Argo CD no longer asks before it deletes the volume. Keep the option.`,
        ]
      : []),
  ];
}

function claimEffects(
  before: KubernetesObject,
  after: KubernetesObject | undefined,
  all: KubernetesObject[],
): Effect[] {
  if (after) {
    return specTexts(before.spec, after.spec).map(lost);
  }
  const { name, annotations = {} } = before.metadata;
  const isKept = /(Prune|Delete)=false/.test(annotations[SYNC_OPTIONS] ?? '');
  const users = all
    .filter(object => claimsOf(object).has(name))
    .map(object => `${object.kind} ${object.metadata.name}`);
  const mounted =
    users.length > 0 ? ` ${users.join(', ')} still mounts it.` : '';
  return [
    lost(
      isKept
        ? `is no longer in Git. Argo CD keeps it, and nothing manages it any more.${mounted}`
        : `is deleted, and its volume (${
            storageOf(before.spec) ?? 'of unknown size'
          }) with everything on it. Save the data first, or keep the claim.${mounted}`,
    ),
  ];
}

/** Claims that objects mount: of each object once, however many claims are removed. */
const knownClaims = new WeakMap<KubernetesObject, Set<string>>();

function claimsOf(object: KubernetesObject): Set<string> {
  let claims = knownClaims.get(object);
  if (!claims) {
    const found = JSON.stringify(object).matchAll(/"claimName":"([^"]*)"/g);
    claims = new Set([...found].map(([, name]) => name));
    knownClaims.set(object, claims);
  }
  return claims;
}

function statefulSetEffects(
  before: KubernetesObject,
  after: KubernetesObject | undefined,
): Effect[] {
  const templates = templatesOf(before);
  if (!after) {
    const names = [...templates.keys()].join(', ');
    if (names === '') {
      return [];
    }
    return [
      lost(
        retention(before, 'whenDeleted') === 'Delete'
          ? `is deleted, and its volumes (${names}) with everything on them. Save the data first.`
          : `is deleted; its volumes (${names}) stay behind without anything that uses them.`,
      ),
    ];
  }
  const remaining = templatesOf(after);
  return [
    ...[...templates].flatMap(([name, spec]) => {
      const template = `volumeClaimTemplates ${name}`;
      return remaining.has(name)
        ? specTexts(spec, remaining.get(name)).map(
            text => `${template}: ${text}`,
          )
        : [
            `${template} is removed: pods start without what is on these volumes.`,
          ];
    }),
    ...retentionTexts(before, after),
  ].map(lost);
}

function retentionTexts(
  before: KubernetesObject,
  after: KubernetesObject,
): string[] {
  const texts = (['whenDeleted', 'whenScaled'] as const)
    .filter(
      policy =>
        retention(after, policy) === 'Delete' &&
        retention(before, policy) !== 'Delete',
    )
    .map(
      policy =>
        `persistentVolumeClaimRetentionPolicy.${policy} becomes Delete: from then on its volumes are deleted ${
          policy === 'whenDeleted' ? 'with it' : 'when it is scaled down'
        }.`,
    );
  const [was, becomes] = [before, after].map(object =>
    Number(field(object, 'spec', 'replicas') ?? 1),
  );
  return becomes < was && retention(after, 'whenScaled') === 'Delete'
    ? [
        ...texts,
        `replicas go from ${was} to ${becomes}, and the volumes of the others are deleted (whenScaled: Delete).`,
      ]
    : texts;
}

function specTexts(before: unknown, after: unknown): string[] {
  const [was, becomes] = [storageOf(before), storageOf(after)];
  const [wasBytes, bytes] = [was, becomes].map(size =>
    size === undefined ? undefined : unitsOf(size),
  );
  const texts =
    wasBytes !== undefined && bytes !== undefined && bytes < wasBytes
      ? [
          `storage shrinks from ${was} to ${becomes}. Kubernetes refuses to shrink a volume; a new one is empty. Keep ${was}, or copy the data to a new claim.`,
        ]
      : [];
  const changed = FIXED.filter(
    name => !isDeepStrictEqual(field(before, name), field(after, name)),
  );
  return changed.length === 0
    ? texts
    : [
        ...texts,
        `${changed.join(
          ', ',
        )} cannot be changed on an existing volume; a new one is empty. Copy the data to a new claim.`,
      ];
}

function templatesOf(object: KubernetesObject): Map<string, unknown> {
  return new Map(
    itemsOf(field(object, 'spec', 'volumeClaimTemplates')).map(template => [
      textOf(field(template, 'metadata', 'name')) ?? '',
      field(template, 'spec'),
    ]),
  );
}

function retention(
  object: KubernetesObject,
  policy: 'whenDeleted' | 'whenScaled',
): unknown {
  return field(object, 'spec', 'persistentVolumeClaimRetentionPolicy', policy);
}

function storageOf(spec: unknown): string | undefined {
  return textOf(field(spec, 'resources', 'requests', 'storage'));
}

function lost(text: string): Effect {
  return { code: 'volume-lost', text };
}
