import type { ResourceType } from './ResourceType';
import { resourceTypes } from './resourceTypes';
import { readableSubresources } from './subresources';

/** Attributes of a request in an access review; empty fields match nothing. */
interface ResourceAttributes {
  verb?: string;
  group?: string;
  resource?: string;
  subresource?: string;
}

/** A rule of a SelfSubjectRulesReview. */
interface ResourceRule {
  verbs: string[];
  apiGroups: string[];
  resources: string[];
}

const READ_PATHS = [
  ...['/api', '/api/*', '/apis', '/apis/*', '/healthz', '/livez', '/readyz'],
  ...['/openapi', '/openapi/*', '/version', '/version/'],
];

/** The rules that apply to everybody: reads of all served resources, and reviews of one's own access. */
export function accessRules() {
  const groups = [...new Set(resourceTypes.map(({ group }) => group))];
  const resourceRules: ResourceRule[] = groups.flatMap(group => {
    const types = resourceTypes.filter(type => type.group === group);
    const stored = types.filter(({ verbs }) => verbs.includes('list'));
    const reviews = types.filter(type => !stored.includes(type));
    return [
      rule(group, ['get', 'list', 'watch'], stored, ({ plural }) => [plural]),
      rule(group, ['get'], stored, type =>
        readableSubresources(type).map(({ name }) => `${type.plural}/${name}`),
      ),
      rule(group, ['create'], reviews, ({ plural }) => [plural]),
    ].filter(({ resources }) => resources.length > 0);
  });
  return {
    resourceRules,
    nonResourceRules: [{ verbs: ['get'], nonResourceURLs: READ_PATHS }],
    incomplete: false,
  };
}

function rule(
  group: string,
  verbs: string[],
  types: ResourceType[],
  resourcesOf: (type: ResourceType) => string[],
): ResourceRule {
  return { verbs, apiGroups: [group], resources: types.flatMap(resourcesOf) };
}

/** Returns true if the rules allow a request for a resource. `*` asks for all groups, resources or verbs. */
export function allowsResource(attributes: ResourceAttributes): boolean {
  const { verb = '', group = '', resource = '', subresource } = attributes;
  const asked = subresource ? `${resource}/${subresource}` : resource;
  if (['get', 'list', 'watch'].includes(verb) && asked === '*') {
    return true;
  }
  return accessRules().resourceRules.some(
    ({ verbs, apiGroups, resources }) =>
      verbs.includes(verb) &&
      (group === '*' || apiGroups.includes(group)) &&
      resources.includes(asked),
  );
}

/** Returns true if a path that belongs to no resource can be read. */
export function allowsPath(verb: string, path: string): boolean {
  return (
    verb === 'get' &&
    READ_PATHS.some(pattern =>
      pattern.endsWith('*')
        ? path.startsWith(pattern.slice(0, -1))
        : path === pattern,
    )
  );
}
