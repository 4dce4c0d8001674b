import {
  type Draft,
  field,
  type Fields,
  isFields,
  items,
  type KubernetesObject,
  text,
} from '../kubernetes/KubernetesObject';
import type { ObjectStore } from '../kubernetes/ObjectStore';
import { resourceTypeOf } from '../kubernetes/resourceTypes';
import { ownerReference, shortHash } from './pods';
import type { Controller } from './ReconcileContext';
import { isFinished, isReady, type Pod } from './workloadTypes';

interface Endpoint {
  ip: string;
  nodeName?: string;
  ready: boolean;
  targetRef: Fields;
}

/**
 * Keeps the Endpoints and the EndpointSlice of each Service with a selector.
 *
 * @see kubernetes/kubernetes v1.36 pkg/controller/endpoint and kubernetes/endpointslice v0.36
 */
export const reconcileEndpoints: Controller = ({ store }) => {
  for (const service of store.list('services')) {
    const selector = field(service, 'spec.selector');
    if (isFields(selector) && field(service, 'spec.type') !== 'ExternalName') {
      const pods = selectPods(store, service, selector);
      const endpoints = pods.map(endpointOf);
      const ports = portsOf(service, pods[0]);
      write(store, endpointsOf(service, endpoints, ports));
      write(store, endpointSliceOf(service, endpoints, ports));
    }
  }
  deleteOrphans(store);
};

function selectPods(
  store: ObjectStore,
  service: KubernetesObject,
  selector: Fields,
): Pod[] {
  const { namespace } = service.metadata;
  return store
    .list<Pod>('pods', { namespace })
    .filter(
      pod =>
        !isFinished(pod) &&
        pod.status?.podIP &&
        Object.entries(selector).every(
          ([name, value]) => pod.metadata.labels?.[name] === value,
        ),
    );
}

function endpointOf(pod: Pod): Endpoint {
  const { name, namespace, uid } = pod.metadata;
  return {
    ip: String(pod.status?.podIP),
    nodeName: pod.spec.nodeName,
    ready: isReady(pod),
    targetRef: { kind: 'Pod', namespace, name, uid },
  };
}

/** The ports of a Service, with the numbers that its pods listen on. */
function portsOf(service: KubernetesObject, pod: Pod | undefined): Fields[] {
  return items(service, 'spec.ports').map(port => {
    const target = port.targetPort ?? port.port;
    const containerPorts = (pod?.spec.containers ?? []).flatMap(container =>
      items(container, 'ports'),
    );
    const number =
      typeof target === 'number'
        ? target
        : containerPorts.find(({ name }) => name === target)?.containerPort;
    return {
      name: text(port, 'name'),
      port: number ?? port.port,
      protocol: text(port, 'protocol', 'TCP'),
    };
  });
}

function endpointsOf(
  { metadata, spec }: KubernetesObject,
  endpoints: Endpoint[],
  ports: Fields[],
): Draft {
  const { name, namespace, labels } = metadata;
  const addresses = (ready: boolean) =>
    endpoints
      .filter(endpoint => endpoint.ready === ready)
      .map(({ ip, nodeName, targetRef }) => ({ ip, nodeName, targetRef }));
  const [ready, notReady] = [addresses(true), addresses(false)];
  return {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: {
      name,
      namespace,
      labels: {
        ...labels,
        'endpoints.kubernetes.io/managed-by': 'endpoint-controller',
        ...headlessLabel(spec),
      },
    },
    ...(endpoints.length > 0 && {
      subsets: [
        {
          ...(ready.length > 0 && { addresses: ready }),
          ...(notReady.length > 0 && { notReadyAddresses: notReady }),
          ...(ports.length > 0 && {
            ports: ports.map(({ name: portName, ...port }) => ({
              ...(portName !== '' && { name: portName }),
              ...port,
            })),
          }),
        },
      ],
    }),
  };
}

function endpointSliceOf(
  service: KubernetesObject,
  endpoints: Endpoint[],
  ports: Fields[],
): Draft {
  const { name, namespace, labels, uid } = service.metadata;
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: `${name}-${shortHash(uid, 5)}`,
      namespace,
      labels: {
        ...labels,
        'endpointslice.kubernetes.io/managed-by':
          'endpointslice-controller.k8s.io',
        'kubernetes.io/service-name': name,
        ...headlessLabel(service.spec),
      },
      ownerReferences: [ownerReference(service)],
    },
    addressType: 'IPv4',
    endpoints: endpoints.map(({ ip, nodeName, ready, targetRef }) => ({
      addresses: [ip],
      conditions: { ready, serving: ready, terminating: false },
      nodeName,
      targetRef,
    })),
    ports,
  };
}

function headlessLabel(spec: Fields | undefined): Record<string, string> {
  return spec?.clusterIP === 'None'
    ? { 'service.kubernetes.io/headless': '' }
    : {};
}

function write(store: ObjectStore, draft: Draft): void {
  const { name, namespace } = draft.metadata;
  const live = store.get(resourceTypeOf(draft).plural, namespace, name);
  if (live) {
    store.update({
      ...draft,
      metadata: { ...live.metadata, ...draft.metadata },
    } as KubernetesObject);
  } else {
    store.create(draft);
  }
}

/** Deletes Endpoints without a Service; slices are deleted with their owner. */
function deleteOrphans(store: ObjectStore): void {
  for (const endpoints of store.list('endpoints')) {
    const { namespace, name } = endpoints.metadata;
    if (!store.get('services', namespace, name)) {
      store.delete(endpoints);
    }
  }
}
