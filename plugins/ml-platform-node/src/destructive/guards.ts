import { isDeepStrictEqual } from 'node:util';
import type { KubernetesObject } from '@internal/platform-rules';
import { groupOf } from '../kustomize/objectIdentity';
import { appProjectTexts } from './appProject';
import type { Comparison, Effect, ObjectPair, ObjectRule } from './Comparison';
import { added, field, itemsOf, textOf } from './fields';
import { limitRangeTexts, quotaTexts } from './limits';

/** Finds what a guard no longer keeps out. `after` is undefined when the guard is removed. */
type GuardRule = (
  before: KubernetesObject,
  after: KubernetesObject | undefined,
) => string[];

const REMOVED = 'is removed, and what it kept out is possible.';

/** Guards by group and kind. */
const GUARDS: Readonly<Record<string, GuardRule>> = {
  '/LimitRange': (before, after) =>
    after ? limitRangeTexts(before, after) : [REMOVED],
  '/Namespace': (before, after) => (after ? labelTexts(before, after) : []),
  '/ResourceQuota': (before, after) =>
    after ? quotaTexts(before, after) : [REMOVED],
  'admissionregistration.k8s.io/MutatingWebhookConfiguration': webhookTexts,
  'admissionregistration.k8s.io/ValidatingAdmissionPolicy': policyTexts,
  'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding': bindingTexts,
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration': webhookTexts,
  'argoproj.io/AppProject': (before, after) =>
    after ? appProjectTexts(before, after) : [REMOVED],
  'networking.k8s.io/NetworkPolicy': networkTexts,
  'rbac.authorization.k8s.io/ClusterRole': rightsTexts,
  'rbac.authorization.k8s.io/ClusterRoleBinding': rightsTexts,
  'rbac.authorization.k8s.io/Role': rightsTexts,
  'rbac.authorization.k8s.io/RoleBinding': rightsTexts,
};

/** Policies, quotas, network policies, projects and rights that keep out less than before. */
export const guardEffects: ObjectRule = (pair, comparison) => {
  const { before, after } = pair;
  const objects = [...comparison.before, ...comparison.after];
  const rule =
    before && !isEmptied(before, comparison)
      ? GUARDS[`${groupOf(before)}/${before.kind}`]
      : undefined;
  return [
    ...(before && rule ? rule(before, after) : []),
    ...(isParameter(pair, objects) ? parameterTexts(pair) : []),
  ].map((text): Effect => ({ code: 'guard-weakened', text }));
};

/** True if the object's namespace is removed, with everything that it guards. */
function isEmptied(
  { metadata: { namespace } }: KubernetesObject,
  { before, after }: Comparison,
): boolean {
  const has = (objects: KubernetesObject[]) =>
    objects.some(
      ({ kind, metadata }) =>
        kind === 'Namespace' && metadata.name === namespace,
    );
  return has(before) && !has(after);
}

const LEVELS = ['privileged', 'baseline', 'restricted'];
/** Labels by which policies find the namespaces of teams. */
const OWNER_LABELS = ['ml-platform.io/team', 'ml-platform.io/environment'];

function labelTexts(
  { metadata: { labels: before = {} } }: KubernetesObject,
  { metadata: { labels: after = {} } }: KubernetesObject,
): string[] {
  const modes = ['enforce', 'audit', 'warn'].map(
    mode => `pod-security.kubernetes.io/${mode}`,
  );
  const level = (labels: Record<string, string>, label: string) =>
    LEVELS.indexOf(labels[label] ?? 'privileged');
  return [
    ...modes
      .filter(label => level(after, label) < level(before, label))
      .map(
        label =>
          `${label} goes from ${before[label]} to ${
            after[label] ?? 'nothing, which is privileged'
          }.`,
      ),
    ...modes
      .map(label => `${label}-version`)
      .filter(
        label =>
          minor(after[label], before[label]) <
          minor(before[label], before[label]),
      )
      .map(
        label =>
          `${label} goes from ${before[label]} to ${after[label]}, which knows fewer rules.`,
      ),
    ...OWNER_LABELS.filter(
      label => before[label] !== undefined && before[label] !== after[label],
    ).map(
      label =>
        `the label ${label} becomes ${after[label] ?? 'nothing'} (was ${
          before[label]
        }): policies no longer treat it as before.`,
    ),
  ];
}

/** Minor version of Pod Security; the latest one for no version. */
function minor(version: string | undefined, other: string | undefined): number {
  const number = /^v1\.(\d+)$/.exec(version ?? other ?? '')?.[1];
  return number === undefined ? Number.MAX_SAFE_INTEGER : Number(number);
}

function bindingTexts(
  before: KubernetesObject,
  after: KubernetesObject | undefined,
): string[] {
  if (!after) {
    return [REMOVED];
  }
  const lost = added(
    field(after, 'spec', 'validationActions'),
    field(before, 'spec', 'validationActions'),
  );
  const other = ['policyName', 'matchResources', 'paramRef'].filter(
    name =>
      !isDeepStrictEqual(
        field(before, 'spec', name),
        field(after, 'spec', name),
      ),
  );
  return [
    ...(lost.length > 0
      ? [
          `validationActions lose ${lost.join(', ')}: ${
            lost.includes('Deny')
              ? 'what the policy forbids is possible'
              : 'nobody hears of what the policy forbids'
          }.`,
        ]
      : []),
    ...changedTexts(other),
  ];
}

function policyTexts(
  before: KubernetesObject,
  after: KubernetesObject | undefined,
): string[] {
  if (!after) {
    return [REMOVED];
  }
  const [was, becomes] = [before, after].map(({ spec }) => ({
    ...(spec as object),
    // Messages change nothing about what is refused.
    validations: itemsOf(field(spec, 'validations')).map(validation =>
      field(validation, 'expression'),
    ),
  }));
  const other = [
    'matchConditions',
    'matchConstraints',
    'paramKind',
    'validations',
    'variables',
  ].filter(name => !isDeepStrictEqual(field(was, name), field(becomes, name)));
  return [...failurePolicyTexts(was, becomes), ...changedTexts(other)];
}

function webhookTexts(
  before: KubernetesObject,
  after: KubernetesObject | undefined,
): string[] {
  if (!after) {
    return [REMOVED];
  }
  const webhooks = new Map(
    itemsOf(after.webhooks).map(webhook => [
      textOf(field(webhook, 'name')),
      webhook,
    ]),
  );
  return itemsOf(before.webhooks).flatMap(was => {
    const name = textOf(field(was, 'name'));
    const becomes = webhooks.get(name);
    if (!becomes) {
      return [`webhook ${name} ${REMOVED}`];
    }
    const other = [
      'matchConditions',
      'namespaceSelector',
      'objectSelector',
      'rules',
    ].filter(
      part => !isDeepStrictEqual(field(was, part), field(becomes, part)),
    );
    return [...failurePolicyTexts(was, becomes), ...changedTexts(other)].map(
      text => `webhook ${name}: ${text}`,
    );
  });
}

function failurePolicyTexts(before: unknown, after: unknown): string[] {
  return field(after, 'failurePolicy') === 'Ignore' &&
    field(before, 'failurePolicy') !== 'Ignore'
    ? ['failurePolicy becomes Ignore: what cannot be evaluated is allowed.']
    : [];
}

function changedTexts(names: string[]): string[] {
  return names.length > 0
    ? [
        `${names.join(
          ', ',
        )} changed: compare whether it still refuses what it refused.`,
      ]
    : [];
}

function networkTexts(
  before: KubernetesObject,
  after: KubernetesObject | undefined,
): string[] {
  if (!after) {
    return [REMOVED];
  }
  const types = added(
    field(after, 'spec', 'policyTypes'),
    field(before, 'spec', 'policyTypes'),
  );
  return [
    ...(isDeepStrictEqual(
      field(before, 'spec', 'podSelector'),
      field(after, 'spec', 'podSelector'),
    )
      ? []
      : ['podSelector changed: it guards other pods than before.']),
    ...types.map(type => `it no longer guards ${type}.`),
    ...['ingress', 'egress'].flatMap(direction => {
      const rules = added(
        field(before, 'spec', direction),
        field(after, 'spec', direction),
      );
      return rules.length > 0
        ? [`it allows other ${direction} than before: ${rules.join(', ')}.`]
        : [];
    }),
  ];
}

/** Roles and bindings; removing one takes rights away. */
function rightsTexts(
  before: KubernetesObject,
  after: KubernetesObject | undefined,
): string[] {
  return ['rules', 'subjects'].flatMap(name => {
    const more = after ? added(before[name], after[name]) : [];
    return more.length > 0 ? [`more ${name}: ${more.join(', ')}.`] : [];
  });
}

function isParameter(
  { before, after }: ObjectPair,
  objects: KubernetesObject[],
): boolean {
  const object = before ?? after;
  return objects.some(
    ({ kind, spec }) =>
      kind === 'ValidatingAdmissionPolicyBinding' &&
      object?.kind === 'ConfigMap' &&
      field(spec, 'paramRef', 'name') === object.metadata.name &&
      field(spec, 'paramRef', 'namespace') === object.metadata.namespace,
  );
}

function parameterTexts({ before, after }: ObjectPair): string[] {
  const names = new Set(
    [before, after].flatMap(object =>
      Object.keys((object?.data as object | undefined) ?? {}),
    ),
  );
  return [...names].flatMap(name => {
    const [was, becomes] = [before, after].map(object =>
      (textOf(field(object, 'data', name)) ?? '').split('\n').filter(Boolean),
    );
    const changes = [
      ...added(was, becomes).map(line => `+ ${line}`),
      ...added(becomes, was).map(line => `- ${line}`),
    ];
    return changes.length > 0 && before
      ? [`policies decide with other ${name}: ${changes.join(', ')}.`]
      : [];
  });
}
