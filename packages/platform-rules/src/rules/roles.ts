import type { Violation } from '../Violation';
import { invalid, required, unsupported } from './errors';
import type { Field } from './Field';
import { dnsSubdomain, formatted, pathSegment } from './formats';

const GROUP = 'rbac.authorization.k8s.io';

/** @see kubernetes `ValidatePolicyRule` of `pkg/apis/rbac/validation` */
export function roleViolations(object: Field): Violation[] {
  const isNamespaced = object.at('kind').text === 'Role';
  return object.at('rules').items.flatMap(rule => {
    const urls = rule.at('nonResourceURLs');
    const verbs =
      rule.at('verbs').items.length > 0
        ? []
        : [required(rule.at('verbs'), 'verbs must contain at least one value')];
    if (urls.items.length > 0) {
      return [
        ...verbs,
        ...(isNamespaced
          ? [
              invalid(
                urls,
                'namespaced rules cannot apply to non-resource URLs',
              ),
            ]
          : []),
      ];
    }
    return [
      ...verbs,
      ...(rule.at('apiGroups').items.length > 0
        ? []
        : [
            required(
              rule.at('apiGroups'),
              'resource rules must supply at least one api group',
              {
                code: 'role-rule',
                advice: `${
                  rule.at('apiGroups').path
                } is missing. Write [""] for the core group.`,
              },
            ),
          ]),
      ...(rule.at('resources').items.length > 0
        ? []
        : [
            required(
              rule.at('resources'),
              'resource rules must supply at least one resource',
            ),
          ]),
    ];
  });
}

/** @see kubernetes `ValidateRoleBinding` of `pkg/apis/rbac/validation` */
export function roleBindingViolations(object: Field): Violation[] {
  const isNamespaced = object.at('kind').text === 'RoleBinding';
  const reference = object.at('roleRef');
  const group = reference.at('apiGroup').or('');
  const kinds = isNamespaced ? ['Role', 'ClusterRole'] : ['ClusterRole'];
  const kind = reference.at('kind').or('');
  const name = reference.at('name');
  return [
    ...(group.text && group.text !== GROUP
      ? [unsupported(group, [GROUP])]
      : []),
    ...(kinds.includes(kind.text ?? '') ? [] : [unsupported(kind, kinds)]),
    ...(name.text ? formatted(name, pathSegment) : [required(name)]),
    ...object
      .at('subjects')
      .items.flatMap(subject => subjectViolations(subject, isNamespaced)),
  ];
}

function subjectViolations(subject: Field, isNamespaced: boolean): Violation[] {
  const name = subject.at('name');
  const group = subject.at('apiGroup');
  const kind = subject.at('kind').or('');
  const missing = name.text ? [] : [required(name)];
  switch (kind.text) {
    case 'ServiceAccount':
      return [
        ...missing,
        ...(name.text ? formatted(name, dnsSubdomain) : []),
        ...(group.text ? [unsupported(group, [''])] : []),
        ...(!isNamespaced && !subject.at('namespace').text
          ? [required(subject.at('namespace'))]
          : []),
      ];
    case 'User':
    case 'Group':
      return [
        ...missing,
        ...(group.text && group.text !== GROUP
          ? [unsupported(group, [GROUP])]
          : []),
      ];
    default:
      return [
        ...missing,
        unsupported(kind, ['ServiceAccount', 'User', 'Group']),
      ];
  }
}
