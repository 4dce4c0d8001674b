import { field, items, text } from '../KubernetesObject';
import type { Column } from './Column';
import { formatLabels, formatSelector, orNone } from './formats';

// Follows pkg/printers/internalversion of Kubernetes.

/** Number of ports or addresses that a column shows. */
const SHOWN = 3;

export const service: Column[] = [
  ['Type', 'spec.type'],
  ['Cluster-IP', object => text(object, 'spec.clusterIP', '<none>')],
  [
    'External-IP',
    object => {
      const balancers = items(object, 'status.loadBalancer.ingress').map(
        ({ ip, hostname }) => String(ip ?? hostname),
      );
      switch (field(object, 'spec.type')) {
        case 'ExternalName':
          return text(object, 'spec.externalName');
        case 'LoadBalancer':
          return balancers.join(',') || '<pending>';
        default:
          return '<none>';
      }
    },
  ],
  [
    'Port(s)',
    object =>
      orNone(
        items(object, 'spec.ports').map(
          ({ port, nodePort, protocol }) =>
            `${port}${nodePort ? `:${nodePort}` : ''}/${protocol}`,
        ),
      ),
  ],
  'Age',
  ['Selector', object => formatLabels(field(object, 'spec.selector')), 'wide'],
];

export const ingress: Column[] = [
  ['Class', object => text(object, 'spec.ingressClassName', '<none>')],
  [
    'Hosts',
    object =>
      items(object, 'spec.rules')
        .map(rule => text(rule, 'host', '*'))
        .join(',') || '*',
  ],
  [
    'Address',
    object =>
      items(object, 'status.loadBalancer.ingress')
        .map(({ ip, hostname }) => String(ip ?? hostname))
        .join(','),
  ],
  ['Ports', object => (items(object, 'spec.tls').length ? '80, 443' : '80')],
  'Age',
];

export const networkPolicy: Column[] = [
  ['Pod-Selector', object => formatSelector(field(object, 'spec.podSelector'))],
  'Age',
];

export const endpoints: Column[] = [
  [
    'Endpoints',
    object =>
      formatFirst(
        items(object, 'subsets').flatMap(subset => {
          const addresses = items(subset, 'addresses').map(({ ip }) => ip);
          const ports = items(subset, 'ports');
          return ports.length === 0
            ? addresses
            : ports.flatMap(({ port }) =>
                addresses.map(address => `${address}:${port}`),
              );
        }),
        '<none>',
      ),
  ],
  'Age',
];

export const endpointSlice: Column[] = [
  ['AddressType', 'addressType'],
  [
    'Ports',
    object =>
      formatFirst(items(object, 'ports').map(({ port }) => port ?? '*')),
  ],
  [
    'Endpoints',
    object =>
      formatFirst(
        items(object, 'endpoints').flatMap(endpoint => {
          const addresses = field(endpoint, 'addresses');
          return Array.isArray(addresses) ? addresses : [];
        }),
      ),
  ],
  'Age',
];

function formatFirst(values: unknown[], none = '<unset>'): string {
  if (values.length === 0) {
    return none;
  }
  const shown = values.slice(0, SHOWN).join(',');
  return values.length > SHOWN
    ? `${shown} + ${values.length - SHOWN} more...`
    : shown;
}
