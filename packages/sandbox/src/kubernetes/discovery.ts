import { resourceTypes } from './resourceTypes';
import { apiVersion, type ResourceType } from './ResourceType';
import { listedSubresources } from './subresources';

/** Media type of aggregated discovery. */
export const AGGREGATED_DISCOVERY_TYPE =
  'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

export const VERSION_INFO = {
  major: '1',
  minor: '36',
  gitVersion: 'v1.36.3',
  gitCommit: '',
  gitTreeState: 'clean',
  buildDate: '2026-01-01T00:00:00Z',
  goVersion: 'go1.26',
  compiler: 'gc',
  platform: 'linux/amd64',
};

/** Builds the discovery document at a path; undefined when there is none. */
export function discoveryDocument(
  path: string,
  options: { aggregated: boolean },
): object | undefined {
  if (path === '/api' || path === '/apis') {
    return options.aggregated
      ? aggregatedDiscovery(path === '/api')
      : unaggregatedDiscovery(path);
  }
  const match = /^\/api(?:s\/([^/]+))?\/([^/]+)$/.exec(path);
  if (match) {
    const types = typesOf(match[1] ?? '', match[2]);
    return types.length > 0 ? resourceList(types) : undefined;
  }
  const group = /^\/apis\/([^/]+)$/.exec(path)?.[1];
  return group && groupNames().includes(group)
    ? { kind: 'APIGroup', apiVersion: 'v1', ...apiGroupEntry(group) }
    : undefined;
}

function groupNames(): string[] {
  return [...new Set(resourceTypes.map(({ group }) => group))].filter(Boolean);
}

function typesOf(group: string, version?: string): ResourceType[] {
  return resourceTypes.filter(
    type => type.group === group && (!version || type.version === version),
  );
}

function unaggregatedDiscovery(path: string) {
  return path === '/api'
    ? {
        kind: 'APIVersions',
        versions: ['v1'],
        serverAddressByClientCIDRs: [],
      }
    : {
        kind: 'APIGroupList',
        apiVersion: 'v1',
        groups: groupNames().map(apiGroupEntry),
      };
}

function apiGroupEntry(name: string) {
  const versions = typesOf(name).map(({ version }) => version);
  const entries = [...new Set(versions)].map(version => ({
    groupVersion: `${name}/${version}`,
    version,
  }));
  return { name, versions: entries, preferredVersion: entries[0] };
}

function resourceList(types: ResourceType[]) {
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: apiVersion(types[0]),
    resources: types.flatMap(type => {
      const { plural, singular, namespaced, kind, verbs } = type;
      const { shortNames, categories } = type;
      return [
        {
          name: plural,
          singularName: singular,
          namespaced,
          kind,
          verbs,
          ...(shortNames.length > 0 && { shortNames }),
          ...(categories.length > 0 && { categories }),
        },
        ...listedSubresources(type).map(subresource => ({
          name: `${plural}/${subresource.name}`,
          singularName: '',
          namespaced,
          ...(subresource.type ?? { kind }),
          verbs: subresource.verbs,
        })),
      ];
    }),
  };
}

function aggregatedDiscovery(core: boolean) {
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: 'apidiscovery.k8s.io/v2',
    metadata: {},
    items: (core ? [''] : groupNames()).map(name => ({
      metadata: { ...(name && { name }), creationTimestamp: null },
      versions: [...new Set(typesOf(name).map(({ version }) => version))].map(
        version => ({
          version,
          resources: typesOf(name, version).map(aggregatedResource),
          freshness: 'Current',
        }),
      ),
    })),
  };
}

function aggregatedResource(type: ResourceType) {
  const { group, version, kind, plural, singular, shortNames, categories } =
    type;
  const responseKind = { group, version, kind };
  const subresources = listedSubresources(type).map(subresource => ({
    subresource: subresource.name,
    responseKind: subresource.type ?? responseKind,
    verbs: subresource.verbs,
  }));
  return {
    resource: plural,
    responseKind,
    scope: type.namespaced ? 'Namespaced' : 'Cluster',
    singularResource: singular,
    verbs: type.verbs,
    ...(shortNames.length > 0 && { shortNames }),
    ...(categories.length > 0 && { categories }),
    ...(subresources.length > 0 && { subresources }),
  };
}
