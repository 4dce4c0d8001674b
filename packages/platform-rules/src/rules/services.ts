import type { Violation } from '../Violation';
import { duplicate, forbidden, invalid, oneOf, required } from './errors';
import type { Field } from './Field';
import { cidr, ipAddress } from './addresses';
import {
  dnsLabel,
  dnsSubdomain,
  formatted,
  portNumber,
  portNumberOrName,
  qualifiedName,
} from './formats';
import { labelsViolations } from './labels';

const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
const EXTERNAL_TYPES = ['LoadBalancer', 'NodePort'];
const MAX_AFFINITY_SECONDS = 86_400;

/** @see kubernetes `validateService` of `pkg/apis/core/validation` */
export function serviceViolations(spec: Field): Violation[] {
  const type = spec.at('type').or('ClusterIP');
  const isHeadless = spec.at('clusterIP').text === 'None';
  const ports = spec.at('ports');
  return [
    ...(ports.items.length === 0 && !isHeadless && type.text !== 'ExternalName'
      ? [
          required(ports, '', {
            code: 'service-ports',
            advice: 'ports is missing. Name at least one.',
          }),
        ]
      : []),
    ...typeViolations(spec, type.text ?? '', isHeadless),
    ...ports.items.flatMap((port, index) =>
      portViolations(port, ports.items.slice(0, index), ports.items.length > 1),
    ),
    ...labelsViolations(spec.at('selector')),
    ...oneOf(spec.at('sessionAffinity'), ['ClientIP', 'None']),
    ...affinityViolations(spec),
    ...addressViolations(spec, type.text ?? ''),
    ...spec.at('externalIPs').items.flatMap(ip => formatted(ip, ipAddress)),
    ...oneOf(type, TYPES),
    ...nodePortViolations(ports, type.text ?? ''),
    ...portTwiceViolations(ports),
    ...loadBalancerViolations(spec, type.text ?? ''),
    ...trafficViolations(spec, type.text ?? ''),
  ];
}

function typeViolations(
  spec: Field,
  type: string,
  isHeadless: boolean,
): Violation[] {
  if (EXTERNAL_TYPES.includes(type) && isHeadless) {
    return [
      invalid(
        spec.named(`${spec.path}.clusterIPs[0]`).withValue('None'),
        `may not be set to 'None' for ${type} services`,
        {
          code: 'service-headless',
          advice: `clusterIP: None does not go with type ${type}. Remove one of them.`,
        },
      ),
    ];
  }
  const name = spec.at('externalName');
  if (type !== 'ExternalName') {
    return [];
  }
  return name.text
    ? formatted(name.withValue(name.text.replace(/\.$/, '')), dnsSubdomain)
    : [required(name)];
}

function portViolations(
  port: Field,
  before: Field[],
  needsName: boolean,
): Violation[] {
  const name = port.at('name');
  const isTwice = before.some(other => other.at('name').text === name.text);
  const target = port.at('targetPort');
  // The default is the port itself.
  const effective = target.value
    ? target
    : target.withValue(port.at('port').value ?? 0);
  return [
    ...(needsName && !name.text
      ? [
          required(name, '', {
            code: 'service-port-name',
            advice: `${name.path} is missing. With several ports, each needs a name.`,
          }),
        ]
      : []),
    ...(name.text
      ? [
          ...formatted(name, dnsLabel, 'port-name'),
          ...(isTwice ? [duplicate(name)] : []),
        ]
      : []),
    ...portNumber(port.at('port')),
    ...oneOf(port.at('protocol'), ['SCTP', 'TCP', 'UDP']),
    ...(target.value || port.at('port').number
      ? portNumberOrName(effective)
      : portNumberOrName(target.withValue(0))),
    ...(port.at('appProtocol').isSet
      ? formatted(port.at('appProtocol'), qualifiedName)
      : []),
  ];
}

function affinityViolations(spec: Field): Violation[] {
  const timeout = spec.at(
    'sessionAffinityConfig',
    'clientIP',
    'timeoutSeconds',
  );
  return spec.at('sessionAffinity').text === 'ClientIP' &&
    timeout.number !== undefined &&
    (timeout.number <= 0 || timeout.number > MAX_AFFINITY_SECONDS)
    ? [
        invalid(
          timeout,
          `must be greater than 0 and less than ${MAX_AFFINITY_SECONDS}`,
        ),
      ]
    : [];
}

function addressViolations(spec: Field, type: string): Violation[] {
  const families = spec.at('ipFamilies');
  const ip = spec.at('clusterIP');
  if (type === 'ExternalName') {
    return [];
  }
  return [
    ...families.items.flatMap((family, index) => [
      ...oneOf(family, ['IPv4', 'IPv6']),
      ...(families.texts.indexOf(family.text ?? '') < index
        ? [duplicate(family)]
        : []),
    ]),
    ...oneOf(spec.at('ipFamilyPolicy'), [
      'PreferDualStack',
      'RequireDualStack',
      'SingleStack',
    ]),
    ...(ip.text && ip.text !== 'None'
      ? formatted(ip.named(`${spec.path}.clusterIPs[0]`), ipAddress)
      : []),
  ];
}

function nodePortViolations(ports: Field, type: string): Violation[] {
  return type === 'ClusterIP'
    ? ports.items
        .filter(port => port.at('nodePort').number)
        .map(port =>
          forbidden(
            port.at('nodePort'),
            "may not be used when `type` is 'ClusterIP'",
          ),
        )
    : [];
}

function portTwiceViolations(ports: Field): Violation[] {
  const keyOf = (port: Field) =>
    `${port.at('protocol').text ?? 'TCP'}/${port.at('port').number}`;
  return ports.items
    .filter((port, index) =>
      ports.items.slice(0, index).some(other => keyOf(other) === keyOf(port)),
    )
    .map(port =>
      duplicate(
        port.withValue({
          Name: '',
          Protocol: port.at('protocol').text ?? 'TCP',
          AppProtocol: null,
          Port: port.at('port').number,
          TargetPort: 0,
          NodePort: 0,
        }),
        {
          code: 'service-port-twice',
          advice: `${port.path}: port ${
            port.at('port').number
          } is there twice. Remove one.`,
        },
      ),
    );
}

function loadBalancerViolations(spec: Field, type: string): Violation[] {
  const ranges = spec
    .at('loadBalancerSourceRanges')
    .named(`${spec.path}.LoadBalancerSourceRanges`);
  const isLoadBalancer = type === 'LoadBalancer';
  const only = "may only be used when `type` is 'LoadBalancer'";
  return [
    ...(ranges.items.length > 0 && !isLoadBalancer
      ? [forbidden(ranges, only)]
      : []),
    ...ranges.items.flatMap(range => formatted(range, cidr)),
    ...['allocateLoadBalancerNodePorts', 'loadBalancerClass']
      .map(name => spec.at(name))
      .filter(field => field.isSet && !isLoadBalancer)
      .map(field => forbidden(field, only)),
  ];
}

function trafficViolations(spec: Field, type: string): Violation[] {
  const external = spec.at('externalTrafficPolicy');
  const isExternal =
    EXTERNAL_TYPES.includes(type) || spec.at('externalIPs').items.length > 0;
  return [
    ...(external.isSet && !isExternal
      ? [
          invalid(
            external,
            'may only be set for externally-accessible services',
          ),
        ]
      : []),
    ...(isExternal ? oneOf(external, ['Cluster', 'Local']) : []),
    ...oneOf(spec.at('internalTrafficPolicy'), ['Cluster', 'Local']),
    ...oneOf(spec.at('trafficDistribution'), [
      'PreferClose',
      'PreferSameZone',
      'PreferSameNode',
    ]),
  ];
}
