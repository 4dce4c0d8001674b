import { field, type KubernetesObject, text } from './KubernetesObject';
import { formatSelector } from './columns/formats';
import type { ResourceType } from './ResourceType';

interface Subresource {
  name: string;
  /** Plural names of the types that have it. */
  of: string[];
  /** Methods that API servers offer; the sandbox allows GET of those with a `read` function, and pod logs. */
  methods: string[];
  /** Type of the response, when it is not the object's own. */
  type?: { group: string; version: string; kind: string };
  /** Returns the subresource of an object. */
  read?: (object: KubernetesObject) => object;
}

const UPDATES = ['PUT', 'PATCH'];
const STREAM = ['GET', 'POST'];
const PROXY = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const itself = (object: KubernetesObject) => object;

/** All subresources. Add an entry to serve another one. */
const SUBRESOURCES: Subresource[] = [
  {
    name: 'status',
    of: [
      ...['namespaces', 'nodes', 'pods', 'services', 'resourcequotas'],
      ...['persistentvolumeclaims', 'deployments', 'replicasets'],
      ...['statefulsets', 'daemonsets', 'jobs', 'cronjobs', 'ingresses'],
      ...['horizontalpodautoscalers', 'poddisruptionbudgets'],
      ...['customresourcedefinitions', 'validatingadmissionpolicies'],
      ...['applicationsets', 'localqueues', 'clusterqueues', 'cohorts'],
    ],
    methods: ['GET', ...UPDATES],
    read: itself,
  },
  {
    name: 'scale',
    of: ['deployments', 'replicasets', 'statefulsets'],
    methods: ['GET', ...UPDATES],
    type: { group: 'autoscaling', version: 'v1', kind: 'Scale' },
    read: scaleOf,
  },
  { name: 'log', of: ['pods'], methods: ['GET'] },
  {
    name: 'ephemeralcontainers',
    of: ['pods'],
    methods: ['GET', ...UPDATES],
    read: itself,
  },
  {
    name: 'resize',
    of: ['pods'],
    methods: ['GET', ...UPDATES],
    read: itself,
  },
  { name: 'exec', of: ['pods'], methods: STREAM },
  { name: 'attach', of: ['pods'], methods: STREAM },
  { name: 'portforward', of: ['pods'], methods: STREAM },
  { name: 'proxy', of: ['pods', 'services', 'nodes'], methods: PROXY },
  {
    name: 'eviction',
    of: ['pods'],
    methods: ['POST'],
    type: { group: 'policy', version: 'v1', kind: 'Eviction' },
  },
  { name: 'binding', of: ['pods'], methods: ['POST'] },
  { name: 'token', of: ['serviceaccounts'], methods: ['POST'] },
  { name: 'finalize', of: ['namespaces'], methods: ['PUT'] },
];

/** Finds a subresource of a type; undefined when API servers have none of that name. */
export function findSubresource(
  type: ResourceType,
  name: string,
): Subresource | undefined {
  return SUBRESOURCES.find(
    candidate => candidate.name === name && candidate.of.includes(type.plural),
  );
}

/** Lists the subresources of a type that the sandbox serves. */
export function readableSubresources(type: ResourceType): Subresource[] {
  return SUBRESOURCES.filter(
    ({ name, of, read }) =>
      of.includes(type.plural) && (read !== undefined || name === 'log'),
  );
}

/** The subresources of a type in discovery, with their verbs. Clients evict pods only where eviction is listed. */
export function listedSubresources(
  type: ResourceType,
): Array<Pick<Subresource, 'name' | 'type'> & { verbs: string[] }> {
  const eviction = findSubresource(type, 'eviction');
  return [
    ...readableSubresources(type).map(each => ({ ...each, verbs: ['get'] })),
    ...(eviction ? [{ ...eviction, verbs: ['create'] }] : []),
  ];
}

/** The `autoscaling/v1` Scale of a workload. */
function scaleOf(object: KubernetesObject): object {
  const { name, namespace, uid, resourceVersion, creationTimestamp } =
    object.metadata;
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: Number(text(object, 'spec.replicas', '1')) },
    status: {
      replicas: Number(text(object, 'status.replicas', '0')),
      selector: formatSelector(field(object, 'spec.selector')),
    },
  };
}
