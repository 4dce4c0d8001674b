import { isIP } from 'node:net';
import type { Violation } from '../Violation';
import { forbidden, invalid, oneOf, required, unsupported } from './errors';
import type { Field } from './Field';
import { cidr, isStrictSubset } from './addresses';
import {
  dnsLabel,
  dnsSubdomain,
  formatted,
  pathSegment,
  portName,
  portNumber,
  requiredFormat,
  wildcardSubdomain,
} from './formats';
import { selectorViolations } from './labels';

/** @see kubernetes `ValidateIngressSpec` of `pkg/apis/networking/validation` */
export function ingressViolations(spec: Field): Violation[] {
  const rules = spec.at('rules');
  const backend = spec.at('defaultBackend');
  return [
    ...(rules.items.length === 0 && !backend.isSet
      ? [
          invalid(
            spec.withValue(rules.value),
            'either `defaultBackend` or `rules` must be specified',
            {
              code: 'ingress-rules',
              advice: 'it has neither rules nor a defaultBackend.',
            },
          ),
        ]
      : []),
    ...(backend.isSet ? backendViolations(backend) : []),
    ...rules.items.flatMap(ruleViolations),
    ...spec.at('tls').items.flatMap(tlsViolations),
    ...(spec.at('ingressClassName').isSet
      ? formatted(spec.at('ingressClassName'), dnsSubdomain)
      : []),
  ];
}

function hostViolations(host: Field): Violation[] {
  return formatted(
    host,
    host.text?.includes('*') ? wildcardSubdomain : dnsSubdomain,
    'ingress-host',
  );
}

function ruleViolations(rule: Field): Violation[] {
  const host = rule.at('host');
  const http = rule.at('http');
  const paths = http.at('paths');
  return [
    ...(host.text && isIP(host.text)
      ? [invalid(host, 'must be a DNS name, not an IP address')]
      : []),
    ...(host.text ? hostViolations(host) : []),
    ...(http.isSet && paths.items.length === 0 ? [required(paths)] : []),
    ...paths.items.flatMap(pathViolations),
  ];
}

function tlsViolations(tls: Field): Violation[] {
  return [
    ...tls.at('hosts').items.flatMap(hostViolations),
    ...(tls.at('secretName').text
      ? formatted(tls.at('secretName'), dnsSubdomain)
      : []),
  ];
}

const BAD_SEQUENCES = ['//', '/./', '/../', '%2f', '%2F'];
const BAD_ENDINGS = ['/..', '/.'];

function pathViolations(item: Field): Violation[] {
  const type = item.at('pathType');
  const path = item.at('path').or('');
  const text = path.text ?? '';
  if (!type.isSet) {
    return [
      required(type, 'pathType must be specified', {
        code: 'ingress-path-type',
        advice: `${type.path} is missing. Write Prefix or Exact.`,
      }),
    ];
  }
  const isLoose = type.text === 'ImplementationSpecific';
  const isKnown = ['Exact', 'ImplementationSpecific', 'Prefix'].includes(
    type.text ?? '',
  );
  return [
    ...(isKnown
      ? []
      : [unsupported(type, ['Exact', 'ImplementationSpecific', 'Prefix'])]),
    ...(isKnown && !text.startsWith('/') && !(isLoose && text === '')
      ? [invalid(path, 'must be an absolute path')]
      : []),
    ...(isKnown && !isLoose && text.startsWith('/')
      ? [
          ...BAD_SEQUENCES.filter(part => text.includes(part)).map(part =>
            invalid(path, `must not contain '${part}'`),
          ),
          ...BAD_ENDINGS.filter(part => text.endsWith(part)).map(part =>
            invalid(path, `cannot end with '${part}'`),
          ),
        ]
      : []),
    ...backendViolations(item.at('backend')),
  ];
}

function backendViolations(backend: Field): Violation[] {
  const service = backend.at('service');
  const resource = backend.at('resource');
  if (service.isSet && resource.isSet) {
    return [
      invalid(
        backend.withValue(''),
        'cannot set both resource and service backends',
      ),
    ];
  }
  if (resource.isSet) {
    return [
      ...formatted(resource.at('apiGroup'), dnsSubdomain),
      ...requiredFormat(resource.at('kind'), pathSegment),
      ...requiredFormat(resource.at('name'), pathSegment),
    ];
  }
  return service.isSet
    ? [
        ...requiredFormat(service.at('name'), dnsLabel),
        ...backendPortViolations(backend, service.at('port')),
      ]
    : [
        invalid(
          backend.withValue(''),
          'resource or service backend is required',
          {
            code: 'ingress-backend',
            advice: `${backend.path} names no service.`,
          },
        ),
      ];
}

function backendPortViolations(backend: Field, port: Field): Violation[] {
  const [name, number] = [port.at('name'), port.at('number')];
  if (name.text && number.number) {
    return [
      invalid(backend.withValue(''), 'cannot set both port name & port number'),
    ];
  }
  if (name.text) {
    return formatted(name, portName, 'port-name');
  }
  return number.number
    ? portNumber(number)
    : [required(backend, 'port name or number is required')];
}

/** @see kubernetes `ValidateNetworkPolicySpec` of `pkg/apis/networking/validation` */
export function networkPolicyViolations(spec: Field): Violation[] {
  const types = spec.at('policyTypes');
  const rules = [
    ['ingress', 'from'],
    ['egress', 'to'],
  ] as const;
  return [
    ...selectorViolations(spec.at('podSelector')),
    ...rules.flatMap(([direction, peers]) =>
      spec
        .at(direction)
        .items.flatMap(rule => [
          ...rule.at('ports').items.flatMap(policyPortViolations),
          ...rule.at(peers).items.flatMap(peerViolations),
        ]),
    ),
    ...(types.items.length > 2
      ? [invalid(types, 'may not specify more than two policyTypes')]
      : types.items.flatMap(type => oneOf(type, ['Ingress', 'Egress']))),
  ];
}

function policyPortViolations(item: Field): Violation[] {
  const port = item.at('port');
  const end = item.at('endPort');
  const problem = (words: string) => (end.isSet ? [invalid(end, words)] : []);
  const protocol = oneOf(item.at('protocol'), ['TCP', 'UDP', 'SCTP']);
  if (!port.isSet) {
    return [
      ...protocol,
      ...problem('may not be specified when `port` is not specified'),
    ];
  }
  if (port.text !== undefined) {
    return [
      ...protocol,
      ...problem('may not be specified when `port` is non-numeric'),
      ...formatted(port, portName, 'port-name'),
    ];
  }
  return [
    ...protocol,
    ...portNumber(port),
    ...(end.number !== undefined && end.number < (port.number ?? 0)
      ? [
          invalid(
            end.withValue(port.number),
            'must be greater than or equal to `port`',
            {
              advice: `${end.path} is ${end.number}, less than port (${port.number}).`,
            },
          ),
        ]
      : []),
    ...(end.isSet ? portNumber(end) : []),
  ];
}

function peerViolations(peer: Field): Violation[] {
  const block = peer.at('ipBlock');
  const selectors = ['podSelector', 'namespaceSelector']
    .map(name => peer.at(name))
    .filter(selector => selector.isSet);
  return [
    ...selectors.flatMap(selectorViolations),
    ...(block.isSet ? blockViolations(block) : []),
    ...(selectors.length === 0 && !block.isSet
      ? [required(peer, 'must specify a peer')]
      : []),
    ...(selectors.length > 0 && block.isSet
      ? [forbidden(peer, 'may not specify both ipBlock and another peer')]
      : []),
  ];
}

function blockViolations(block: Field): Violation[] {
  const range = block.at('cidr');
  if (!range.text) {
    return [required(range)];
  }
  const problems = formatted(range, cidr);
  return [
    ...problems,
    ...(problems.length > 0 ? [] : block.at('except').items).flatMap(
      exception => {
        const own = formatted(exception, cidr);
        return own.length > 0 ||
          isStrictSubset(exception.text ?? '', range.text ?? '')
          ? own
          : [invalid(exception, 'must be a strict subset of `cidr`')];
      },
    ),
  ];
}
