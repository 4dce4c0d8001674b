import { isDeepStrictEqual } from 'node:util';
import type { KubernetesObject } from '@internal/platform-rules';
import { added, field, fieldsOf, itemsOf } from './fields';

/** Lists of an AppProject in which more entries allow more. */
const ALLOWED = [
  'clusterResourceWhitelist',
  'destinations',
  'namespaceResourceWhitelist',
  'sourceNamespaces',
  'sourceRepos',
];
/** Lists in which fewer entries allow more. */
const FORBIDDEN = [
  'clusterResourceBlacklist',
  'namespaceResourceBlacklist',
  'signatureKeys',
];
/** Fields of which any difference may allow more. */
const OTHER = [
  'destinationServiceAccounts',
  'permitOnlyProjectScopedClusters',
  'roles',
  'syncWindows',
];

/**
 * Finds what a project allows since the change.
 *
 * @see argo-cd v3.1 pkg/apis/application/v1alpha1/app_project_types.go (`IsGroupKindPermitted`): no namespaceResourceWhitelist
 * allows every kind, an empty one none
 */
export function appProjectTexts(
  before: KubernetesObject,
  after: KubernetesObject,
): string[] {
  const list = (object: KubernetesObject, name: string) =>
    itemsOf(field(object, 'spec', name));
  const everyKind =
    field(after, 'spec', 'namespaceResourceWhitelist') === undefined &&
    field(before, 'spec', 'namespaceResourceWhitelist') !== undefined;
  return [
    ...(everyKind
      ? ['namespaceResourceWhitelist is removed: it allows every kind.']
      : []),
    ...ALLOWED.flatMap(name => {
      const [was, becomes] = [list(before, name), list(after, name)];
      const wide = (entries: unknown[]) => entries.filter(each => !isNot(each));
      const more = [
        ...added(wide(was), wide(becomes)),
        ...added(becomes.filter(isNot), was.filter(isNot)).map(
          entry => `no longer ${entry}`,
        ),
      ];
      const isUnlimited =
        name === 'namespaceResourceWhitelist' &&
        field(before, 'spec', name) === undefined;
      return more.length > 0 && !isUnlimited
        ? [`${name} allows more: ${more.join(', ')}.`]
        : [];
    }),
    ...FORBIDDEN.flatMap(name => {
      const fewer = added(list(after, name), list(before, name));
      return fewer.length > 0
        ? [`${name} no longer has ${fewer.join(', ')}.`]
        : [];
    }),
    ...OTHER.filter(
      name =>
        !isDeepStrictEqual(
          field(before, 'spec', name),
          field(after, 'spec', name),
        ),
    ).map(name => `${name} changed: compare what it allows.`),
  ];
}

/** True for an entry with "!", which forbids what others allow. */
function isNot(entry: unknown): boolean {
  return [entry, ...Object.values(fieldsOf(entry))].some(
    value => typeof value === 'string' && value.startsWith('!'),
  );
}
