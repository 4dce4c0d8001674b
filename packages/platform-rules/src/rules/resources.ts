import { canonicalQuantity, nanosOf } from '../quantities';
import type { Violation } from '../Violation';
import { duplicate, invalid, notFound, required } from './errors';
import type { Field } from './Field';
import { qualifiedName } from './formats';

const COMPUTE = ['cpu', 'memory', 'ephemeral-storage'];
/** Names without a prefix that mean something elsewhere, for example in quotas. */
const STANDARD = [
  ...COMPUTE,
  ...COMPUTE.flatMap(name => [`requests.${name}`, `limits.${name}`]),
  'storage',
  'requests.storage',
  'pods',
  'services',
  'replicationcontrollers',
  'resourcequotas',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
];

/**
 * Validates requests and limits of a container.
 *
 * @param claimNames - names in the pod's `resourceClaims`
 * @see kubernetes `validateResourceRequirements` of `pkg/apis/core/validation`
 */
export function resourcesViolations(
  resources: Field,
  claimNames: string[],
): Violation[] {
  const limits = resources.at('limits');
  const requests = resources.at('requests');
  return [
    ...limits.entries.flatMap(([name, limit]) => amountViolations(name, limit)),
    ...requests.entries.flatMap(([name, request]) => [
      ...amountViolations(name, request),
      ...limitViolations(name, requests, limits),
    ]),
    ...claimViolations(resources.at('claims'), claimNames),
  ];
}

function amountViolations(name: string, amount: Field): Violation[] {
  const nanos = nanosOf(asQuantity(amount)) ?? 0n;
  const printed = amount.withValue(canonicalQuantity(asQuantity(amount)));
  return [
    ...nameViolations(name, amount.withValue(name)),
    ...(nanos < 0n
      ? [invalid(printed, 'must be greater than or equal to 0')]
      : []),
    ...(isExtended(name) && nanos % 10n ** 9n !== 0n
      ? [
          invalid(printed, 'must be an integer', {
            code: 'resource-integer',
            advice: `${amount.path} is ${printed.text}, but ${name} cannot be divided. Write a whole number.`,
          }),
        ]
      : []),
  ];
}

function nameViolations(name: string, field: Field): Violation[] {
  const problems = qualifiedName(name);
  if (problems.length > 0) {
    return problems.map(words => invalid(field, words));
  }
  if (name.includes('/') || isHugePages(name) || COMPUTE.includes(name)) {
    return [];
  }
  return [
    ...(STANDARD.includes(name)
      ? []
      : [
          invalid(
            field,
            'must be a standard resource type or fully qualified',
            {
              code: 'resource-name',
            },
          ),
        ]),
    invalid(field, 'must be a standard resource for containers', {
      code: 'resource-name',
      advice: `${field.path}: containers have no resource "${name}". Use cpu, memory, ephemeral-storage or a name with a prefix, for example nvidia.com/gpu.`,
    }),
  ];
}

function limitViolations(
  name: string,
  requests: Field,
  limits: Field,
): Violation[] {
  const [request, limit] = [requests, limits].map(
    list => list.entries.find(([key]) => key === name)?.[1],
  );
  const canShare = !isExtended(name) && !isHugePages(name);
  if (!request) {
    return [];
  }
  if (!limit) {
    return canShare
      ? []
      : [
          required(
            limits,
            'Limit must be set for non overcommitable resources',
            {
              code: 'limit-missing',
              advice: `${limits.path}: ${name} needs a limit, equal to its request.`,
            },
          ),
        ];
  }
  const [asked, most] = [request, limit].map(
    amount => nanosOf(asQuantity(amount)) ?? 0n,
  );
  const printed = requests.withValue(canonicalQuantity(asQuantity(request)));
  const limitText = canonicalQuantity(asQuantity(limit));
  if (!canShare && asked !== most) {
    return [
      invalid(printed, `must be equal to ${name} limit of ${limitText}`, {
        code: 'request-equals-limit',
        advice: `it requests ${printed.text} of ${name}, but its limit is ${limitText}. Both must be equal.`,
      }),
    ];
  }
  return asked > most
    ? [
        invalid(
          printed,
          `must be less than or equal to ${name} limit of ${limitText}`,
          {
            code: 'request-over-limit',
            advice: `it requests ${printed.text} of ${name}, more than its limit of ${limitText}.`,
          },
        ),
      ]
    : [];
}

function claimViolations(claims: Field, names: string[]): Violation[] {
  return claims.items.flatMap((claim, index) => {
    const name = claim.at('name').named(claim.path);
    if (!name.text) {
      return [required(claim)];
    }
    const isTwice = claims.items
      .slice(0, index)
      .some(
        ({ value }) => JSON.stringify(value) === JSON.stringify(claim.value),
      );
    return [
      ...(isTwice ? [duplicate(name)] : []),
      ...(names.includes(name.text)
        ? []
        : [
            notFound(
              name,
              `must be one of the names in pod.spec.resourceClaims${
                names.length === 0 ? ' which is empty' : ''
              }`,
            ),
          ]),
    ];
  });
}

/** Resources that devices and others provide, which pods cannot share. */
function isExtended(name: string): boolean {
  return (
    name.includes('/') &&
    !name.split('/')[0].endsWith('kubernetes.io') &&
    !name.startsWith('requests.')
  );
}

function isHugePages(name: string): boolean {
  return name.startsWith('hugepages-');
}

export function asQuantity({ value }: Field): string | number {
  return typeof value === 'number' ? value : String(value ?? '');
}
