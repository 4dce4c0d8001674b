export const PERSONAS = [
  'ml-engineer',
  'team-lead',
  'data-engineer',
  'platform-engineer',
  'security-engineer',
] as const;
export type Persona = (typeof PERSONAS)[number];

const ML_TEAM: Persona[] = ['ml-engineer', 'team-lead'];
export const PLATFORM: Persona = 'platform-engineer';
export const SECURITY: Persona = 'security-engineer';

const location = {
  type: 'url',
  target: 'http://forge.example.com/catalog-info.yaml',
};
const component = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'x' },
  spec: { type: 'service', lifecycle: 'production', owner: 'x' },
};

type Route = [
  permission: string,
  method: 'get' | 'post' | 'delete',
  path: string,
  allowed: readonly Persona[],
  denied: 403 | 404,
  body?: object,
];

/** An example route for each permission that a route of the backend requires. */
export const ROUTES: Route[] = [
  [
    'catalog.entity.read',
    'get',
    '/api/catalog/entities/by-name/system/default/app-ml-team',
    PERSONAS,
    404,
  ],
  [
    'catalog.entity.refresh',
    'post',
    '/api/catalog/refresh',
    [...ML_TEAM, PLATFORM],
    403,
    { entityRef: 'system:default/app-ml-team' },
  ],
  [
    'catalog.entity.delete',
    'delete',
    '/api/catalog/entities/by-uid/x',
    [],
    403,
  ],
  [
    'catalog.entity.validate',
    'post',
    '/api/catalog/validate-entity',
    [],
    403,
    { entity: component, location: 'url:http://forge.example.com' },
  ],
  [
    'catalog.location.create',
    'post',
    '/api/catalog/locations?dryRun=true',
    [],
    403,
    location,
  ],
  [
    'catalog.location.analyze',
    'post',
    '/api/catalog/analyze-location',
    [],
    403,
    { location },
  ],
  ['catalog.location.delete', 'delete', '/api/catalog/locations/x', [], 403],
  [
    'scaffolder.template.parameter.read',
    'get',
    '/api/scaffolder/v2/templates/default/template/ml-service/parameter-schema',
    PERSONAS,
    404,
  ],
  [
    'scaffolder.template.dry-run',
    'post',
    '/api/scaffolder/v2/dry-run',
    [],
    403,
    { template: {}, values: {}, directoryContents: [] },
  ],
  [
    'kubernetes.clusters.read',
    'get',
    '/api/kubernetes/clusters',
    PERSONAS,
    403,
  ],
  [
    'kubernetes.resources.read',
    'post',
    '/api/kubernetes/resources/workloads/query',
    PERSONAS,
    403,
    { entityRef: 'system:default/app-ml-team', auth: {} },
  ],
  [
    'kubernetes.proxy',
    'get',
    '/api/kubernetes/proxy/api/v1/namespaces',
    [],
    403,
  ],
  [
    'ml-platform.capacity.read',
    'get',
    '/api/ml-platform/capacity',
    PERSONAS,
    403,
  ],
  [
    'ml-platform.team.read',
    'get',
    '/api/ml-platform/teams/app-ml-team/workloads/ml-backend',
    [...ML_TEAM, PLATFORM],
    404,
  ],
  [
    'ml-platform.findings.read',
    'get',
    '/api/ml-platform/teams/app-ml-team/workloads/ml-backend/findings',
    [...ML_TEAM, PLATFORM, SECURITY],
    404,
  ],
  [
    'ml-platform.change-request.create',
    'get',
    '/api/ml-platform/teams/app-ml-team/names/new-service',
    [...ML_TEAM, PLATFORM],
    403,
  ],
  [
    'ml-platform.team.request',
    'get',
    '/api/ml-platform/groups/risk-models/team-names/risk',
    ['team-lead', PLATFORM],
    403,
  ],
];
