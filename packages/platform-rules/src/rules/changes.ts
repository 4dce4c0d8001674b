import { isDeepStrictEqual } from 'node:util';
import type { KubernetesObject } from '../objects/parseObjects';
import { nanosOf } from '../quantities';
import type { Violation } from '../Violation';
import { withoutNulls } from '../yaml/withoutNulls';
import { forbidden, invalid } from './errors';
import { Field } from './Field';
import { immutable, isSame } from './immutableFields';
import { jobChange } from './jobChanges';
import { asQuantity } from './resources';

type ChangeRule = (before: Field, after: Field) => Violation[];

const rules: Readonly<Record<string, ChangeRule>> = {
  ConfigMap: frozenViolations,
  DaemonSet: selectorChange,
  Deployment: selectorChange,
  Job: jobChange,
  PersistentVolumeClaim: claimChange,
  ClusterRoleBinding: roleChange,
  RoleBinding: roleChange,
  Secret: (before, after) => [
    ...(before.at('type').or('Opaque').value ===
    after.at('type').or('Opaque').value
      ? []
      : [immutable(after.at('type').or('Opaque'))]),
    ...frozenViolations(before, after),
  ],
  Service: serviceChange,
  StatefulSet: statefulSetChange,
};

/**
 * Finds changes of fields that the API server does not let change, so that the object has to be deleted first.
 *
 * @param before - the same object of an earlier commit, or of the cluster
 */
export function changeViolations(
  before: KubernetesObject,
  after: KubernetesObject,
): Violation[] {
  return Object.hasOwn(rules, after.kind)
    ? rules[after.kind](
        new Field(withoutNulls(before)),
        new Field(withoutNulls(after)),
      )
    : [];
}

function selectorChange(before: Field, after: Field): Violation[] {
  const selector = after.at('spec', 'selector');
  return isSame(before.at('spec', 'selector'), selector)
    ? []
    : [
        immutable(
          selector,
          'spec.selector cannot change. Keep its labels (commonLabels and labels with includeSelectors change it, too), or give the object another name.',
        ),
      ];
}

const MUTABLE_STATEFUL_FIELDS = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
];

function statefulSetChange(before: Field, after: Field): Violation[] {
  const fixed = (object: Field) =>
    Object.fromEntries(
      object
        .at('spec')
        .entries.filter(([name]) => !MUTABLE_STATEFUL_FIELDS.includes(name))
        .map(([name, field]) => [
          name,
          name === 'volumeClaimTemplates'
            ? field.items.map(comparableClaim)
            : field.value,
        ])
        .concat([
          [
            'podManagementPolicy',
            object.at('spec', 'podManagementPolicy').or('OrderedReady').value,
          ],
        ]),
    );
  const [old, now] = [fixed(before), fixed(after)];
  const changed = [...new Set([...Object.keys(old), ...Object.keys(now)])]
    .filter(name => !isDeepStrictEqual(old[name], now[name]))
    .sort();
  return changed.length === 0
    ? []
    : [
        forbidden(
          after.at('spec'),
          "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
          {
            code: 'immutable-field',
            advice: `${changed.join(
              ' and ',
            )} of a StatefulSet cannot change. Give it another name, or delete it first.`,
          },
        ),
      ];
}

/** A claim with its defaults, and with its size as a number. */
function comparableClaim(claim: Field): unknown {
  const spec = claim.at('spec');
  return {
    name: claim.at('metadata', 'name').value,
    labels: claim.at('metadata', 'labels').value,
    annotations: claim.at('metadata', 'annotations').value,
    ...Object.fromEntries(
      spec.entries.map(([name, field]) => [name, field.value]),
    ),
    volumeMode: spec.at('volumeMode').or('Filesystem').value,
    resources: spec
      .at('resources')
      .entries.map(([list, amounts]) => [
        list,
        amounts.entries.map(([name, amount]) => [
          name,
          nanosOf(asQuantity(amount)),
        ]),
      ]),
  };
}

function claimChange(before: Field, after: Field): Violation[] {
  const [old, now] = [before.at('spec'), after.at('spec')];
  const fixed = (spec: Field) => ({
    ...Object.fromEntries(
      spec.entries
        .filter(
          ([name]) =>
            !['resources', 'volumeName', 'volumeAttributesClassName'].includes(
              name,
            ),
        )
        .map(([name, field]) => [name, field.value]),
    ),
    volumeMode: spec.at('volumeMode').or('Filesystem').value,
    // A class can be added later.
    storageClassName: old.at('storageClassName').isSet
      ? spec.at('storageClassName').value
      : undefined,
  });
  const sizeOf = (spec: Field) =>
    nanosOf(asQuantity(spec.at('resources', 'requests', 'storage'))) ?? 0n;
  const size = now.at('resources', 'requests', 'storage');
  const mode = now.at('volumeMode').or('Filesystem');
  return [
    ...(isDeepStrictEqual(fixed(old), fixed(now))
      ? []
      : [
          forbidden(
            now,
            'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims',
            {
              code: 'immutable-field',
              advice:
                'only the size of a volume can change. Make a new claim with another name, and move the data.',
            },
          ),
        ]),
    ...(sizeOf(now) < sizeOf(old)
      ? [
          forbidden(size, 'field can not be less than status.capacity', {
            code: 'claim-shrunk',
            advice: `${size.path} is less than before, and volumes cannot shrink. Make a new claim with another name, and move the data.`,
          }),
        ]
      : []),
    ...(old.at('volumeMode').or('Filesystem').value === mode.value
      ? []
      : [immutable(mode.named('volumeMode'))]),
  ];
}

function serviceChange(before: Field, after: Field): Violation[] {
  const [old, now] = [before, after].map(object =>
    object.at('spec', 'clusterIP'),
  );
  const wasExternal = before.at('spec', 'type').text === 'ExternalName';
  return !now.text || now.text === old.text || wasExternal
    ? []
    : [
        invalid(
          now
            .named(`${after.at('spec').path}.clusterIPs[0]`)
            .withValue([now.text]),
          'may not change once set',
          {
            code: 'immutable-field',
            advice:
              'clusterIP cannot change. Give the Service another name, or delete it first.',
          },
        ),
      ];
}

function frozenViolations(before: Field, after: Field): Violation[] {
  if (!before.at('immutable').isTrue) {
    return [];
  }
  const words = 'field is immutable when `immutable` is set';
  const texts = {
    code: 'immutable-field',
    advice: `it is immutable. Give it another name; generators of Kustomize do so with every change.`,
  };
  return [
    ...(after.at('immutable').isTrue
      ? []
      : [forbidden(after.at('immutable'), words, texts)]),
    ...['data', 'binaryData']
      .filter(name => !isSame(before.at(name), after.at(name)))
      .map(name => forbidden(after.at(name), words, texts)),
  ];
}

function roleChange(before: Field, after: Field): Violation[] {
  const reference = after.at('roleRef');
  return isSame(before.at('roleRef'), reference)
    ? []
    : [
        invalid(
          reference.withValue({
            APIGroup:
              reference.at('apiGroup').text ?? 'rbac.authorization.k8s.io',
            Kind: reference.at('kind').text ?? '',
            Name: reference.at('name').text ?? '',
          }),
          'cannot change roleRef',
          {
            code: 'immutable-field',
            advice:
              'roleRef cannot change. Give the binding another name, or delete it first.',
          },
        ),
      ];
}
