import type { Violation } from '../Violation';
import { containersViolations } from './containers';
import { duplicate, forbidden, invalid, oneOf, required } from './errors';
import type { Field } from './Field';
import { ipAddress } from './addresses';
import { dnsLabel, dnsSubdomain, formatted, qualifiedName } from './formats';
import { annotationsViolations, labelsViolations } from './labels';
import {
  affinityViolations,
  spreadViolations,
  tolerationViolations,
} from './scheduling';
import { podSecurityViolations } from './securityContexts';
import { validateVolumes } from './volumes';

const DEFAULT_GRACE_PERIOD = 30;
const MAX_NAMESERVERS = 3;
const MAX_DEADLINE = 2 ** 31 - 1;

/** Volumes of the claims that a StatefulSet makes for each pod. */
interface TemplateOptions {
  claims?: Field[];
}

/** @see kubernetes `ValidatePodTemplateSpec` of `pkg/apis/core/validation` */
export function templateViolations(
  template: Field,
  options: TemplateOptions = {},
): Violation[] {
  const metadata = template.at('metadata');
  return [
    ...labelsViolations(metadata.at('labels').named(`${template.path}.labels`)),
    ...annotationsViolations(
      metadata.at('annotations').named(`${template.path}.annotations`),
    ),
    ...podSpecViolations(template.at('spec'), { ...options, isPod: false }),
    ...(template.at('spec', 'ephemeralContainers').items.length > 0
      ? [
          forbidden(
            template.at('spec', 'ephemeralContainers'),
            'ephemeral containers not allowed in pod template',
          ),
        ]
      : []),
  ];
}

/** @see kubernetes `ValidatePodSpec` of `pkg/apis/core/validation` */
export function podSpecViolations(
  spec: Field,
  { claims = [], isPod }: TemplateOptions & { isPod: boolean },
): Violation[] {
  const { violations, volumes } = validateVolumes(spec.at('volumes'));
  for (const claim of claims) {
    volumes.set(
      claim.at('metadata', 'name').text ?? '',
      claim.withValue({ persistentVolumeClaim: {} }),
    );
  }
  const resourceClaims = spec.at('resourceClaims');
  const grace = spec.at('terminationGracePeriodSeconds').number;
  const deadline = spec.at('activeDeadlineSeconds');
  return [
    ...violations,
    ...resourceClaimViolations(resourceClaims),
    ...containersViolations(spec, {
      volumes,
      claimNames: resourceClaims.items.map(item => item.at('name').text ?? ''),
      gracePeriod: grace ?? DEFAULT_GRACE_PERIOD,
      isPod,
    }),
    ...hostNetworkViolations(spec),
    ...oneOf(spec.at('restartPolicy'), ['Always', 'OnFailure', 'Never']),
    ...oneOf(spec.at('dnsPolicy'), [
      'ClusterFirstWithHostNet',
      'ClusterFirst',
      'Default',
      'None',
    ]),
    ...labelsViolations(spec.at('nodeSelector')),
    ...podSecurityViolations(spec),
    ...affinityViolations(spec.at('affinity')),
    ...dnsViolations(spec),
    ...spec
      .at('readinessGates')
      .items.flatMap(gate =>
        formatted(gate.at('conditionType').or(''), qualifiedName),
      ),
    ...gateViolations(spec.at('schedulingGates')),
    ...spreadViolations(spec.at('topologySpreadConstraints')),
    ...nameViolations(spec, ['serviceAccountName', 'nodeName'], dnsSubdomain),
    ...(deadline.number !== undefined &&
    (deadline.number < 1 || deadline.number > MAX_DEADLINE)
      ? [invalid(deadline, `must be between 1 and ${MAX_DEADLINE}, inclusive`)]
      : []),
    ...nameViolations(spec, ['hostname', 'subdomain'], dnsLabel),
    ...tolerationViolations(spec.at('tolerations')),
    ...aliasViolations(spec.at('hostAliases')),
    ...nameViolations(
      spec,
      ['priorityClassName', 'runtimeClassName'],
      dnsSubdomain,
    ),
    ...oneOf(spec.at('preemptionPolicy'), ['PreemptLowerPriority', 'Never']),
    ...oneOf(spec.at('os', 'name').named(spec.at('os').path), [
      'linux',
      'windows',
    ]),
  ];
}

function nameViolations(
  spec: Field,
  names: string[],
  format: (text: string) => string[],
): Violation[] {
  return names
    .map(name => spec.at(name))
    .filter(field => field.text)
    .flatMap(field => formatted(field, format));
}

function resourceClaimViolations(claims: Field): Violation[] {
  return claims.items.flatMap((claim, index) => {
    const name = claim.at('name');
    const sources = ['resourceClaimName', 'resourceClaimTemplateName'].filter(
      source => claim.at(source).isSet,
    );
    const isTwice = claims.items
      .slice(0, index)
      .some(other => other.at('name').text === name.text);
    const printed = claim.withValue({
      Name: name.text ?? '',
      ResourceClaimName: claim.at('resourceClaimName').value ?? null,
      ResourceClaimTemplateName:
        claim.at('resourceClaimTemplateName').value ?? null,
    });
    return [
      ...(name.text ? formatted(name, dnsLabel) : [required(name)]),
      ...(isTwice ? [duplicate(name)] : []),
      ...(sources.length === 2
        ? [
            invalid(
              printed,
              'at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified',
            ),
          ]
        : []),
      ...(sources.length === 0
        ? [
            invalid(
              printed,
              'must specify one of: `resourceClaimName`, `resourceClaimTemplateName`',
            ),
          ]
        : []),
    ];
  });
}

function hostNetworkViolations(spec: Field): Violation[] {
  return spec.at('hostNetwork').isTrue
    ? spec
        .at('containers')
        .items.flatMap(container => container.at('ports').items)
        .filter(
          port =>
            port.at('hostPort').number &&
            port.at('hostPort').number !== port.at('containerPort').number,
        )
        .map(port =>
          invalid(
            port.at('hostPort'),
            'must match `containerPort` when `hostNetwork` is true',
          ),
        )
    : [];
}

function dnsViolations(spec: Field): Violation[] {
  const config = spec.at('dnsConfig');
  const nameservers = config.at('nameservers');
  if (spec.at('dnsPolicy').text === 'None' && nameservers.items.length === 0) {
    return [
      config.isSet
        ? required(
            nameservers,
            'must provide at least one DNS nameserver when `dnsPolicy` is None',
          )
        : required(config, 'must provide `dnsConfig` when `dnsPolicy` is None'),
    ];
  }
  return [
    ...(nameservers.items.length > MAX_NAMESERVERS
      ? [
          invalid(
            nameservers,
            `must not have more than ${MAX_NAMESERVERS} nameservers`,
          ),
        ]
      : []),
    ...nameservers.items.flatMap(server => formatted(server, ipAddress)),
    ...config
      .at('options')
      .items.filter(option => !option.at('name').text)
      .map(option => required(option, 'must not be empty')),
  ];
}

function gateViolations(gates: Field): Violation[] {
  return gates.items.flatMap((gate, index) => {
    const name = gate.at('name').or('').named(gate.path);
    const isTwice = gates.items
      .slice(0, index)
      .some(other => other.at('name').text === name.text);
    return [
      ...formatted(name, qualifiedName),
      ...(isTwice ? [duplicate(name)] : []),
    ];
  });
}

function aliasViolations(aliases: Field): Violation[] {
  return aliases.items.flatMap(alias => [
    ...formatted(alias.at('ip').or(''), ipAddress),
    ...alias
      .at('hostnames')
      .items.flatMap(name => formatted(name, dnsSubdomain)),
  ]);
}
