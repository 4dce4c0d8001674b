/** A route, how it is asked, and what everybody gets. */
export interface ExpectedRoute {
  /** Status by caller, in the order of `CALLERS`: nobody, expired, forged, limited, other team, owner. */
  answers: string;
  /** Of something of app-ml-team; `{pod}` and the like are what the test finds. */
  path?: string;
  body?: object;
  /** Needed where somebody without a valid sign-in gets anything but 401. */
  why?: string;
}

/** PostgreSQL answers with an error to what is no UUID. */
const NO_NOTIFICATION = '00000000-0000-4000-8000-000000000000';

/**
 * Everything that the backend answers to. `ALL` rows are no routes of their own: what is mounted for everything below
 * a path, and paths that nothing has.
 */
export const ROUTES: Record<string, ExpectedRoute> = {
  'GET /api/auth/.backstage/actions/v1/status': {
    answers: '401 401 401 401 403 403',
  },
  'GET /api/catalog/.backstage/actions/v1/status': {
    answers: '401 401 401 401 403 403',
  },
  'GET /api/kubernetes/.backstage/actions/v1/status': {
    answers: '401 401 401 401 403 403',
  },
  'GET /api/notifications/.backstage/actions/v1/status': {
    answers: '401 401 401 401 403 403',
  },
  'GET /api/scaffolder/.backstage/actions/v1/status': {
    answers: '401 401 401 401 403 403',
  },
  'GET /api/search/.backstage/actions/v1/status': {
    answers: '401 401 401 401 403 403',
  },
  'GET /api/techdocs/.backstage/actions/v1/status': {
    answers: '401 401 401 401 403 403',
  },
  'GET /api/techdocs/.backstage/actions/v1/actions': {
    answers: '401 401 401 401 200 200',
  },
  'GET /api/techdocs/.well-known/backstage/permissions/metadata': {
    answers: '401 401 401 401 200 200',
  },
  'POST /api/techdocs/.backstage/actions/v1/actions/:actionId/invoke': {
    answers: '401 401 401 401 404 404',
  },
  'POST /api/techdocs/.backstage/actions/v2/actions/:actionId/invoke': {
    answers: '401 401 401 401 404 404',
  },
  'POST /api/techdocs/.well-known/backstage/permissions/apply-conditions': {
    answers: '401 401 401 401 403 403',
  },
  'GET /*': {
    answers: '200 200 200 200 200 200',
    why: 'the files of the app, which signs people in',
  },
  'DELETE /.backstage/auth/v1/cookie': {
    answers: '204 204 204 204 204 204',
    why: 'forgets the own cookie',
  },
  'GET /.backstage/auth/v1/cookie': { answers: '401 401 401 401 200 200' },
  'GET /.backstage/auth/v1/jwks.json': {
    answers: '200 200 200 200 200 200',
    why: 'public keys, by which others check tokens',
  },
  'GET /.backstage/health/v1/liveness': {
    answers: '200 200 200 200 200 200',
    why: 'probes have no identity, and it says only ok',
  },
  'GET /.backstage/health/v1/readiness': {
    answers: '200 200 200 200 200 200',
    why: 'probes have no identity, and it says only ok',
  },
  'ALL /api/app': {
    answers: '200 200 200 200 200 200',
    path: '/api/app/no-such-route',
    why: 'the files of the app, which signs people in',
  },
  'GET /api/app/*': {
    answers: '200 200 200 200 200 200',
    why: 'the files of the app, which signs people in',
  },
  'DELETE /api/app/.backstage/auth/v1/cookie': {
    answers: '204 204 204 204 204 204',
    why: 'forgets the own cookie',
  },
  'GET /api/app/.backstage/auth/v1/cookie': {
    answers: '401 401 401 401 200 200',
  },
  'GET /api/app/.backstage/auth/v1/jwks.json': {
    answers: '200 200 200 200 200 200',
    why: 'public keys, by which others check tokens',
  },
  'ALL /api/argocd': {
    answers: '401 401 401 401 404 404',
    path: '/api/argocd/no-such-route',
  },
  'DELETE /api/argocd/.backstage/auth/v1/cookie': {
    answers: '401 401 401 401 204 204',
  },
  'GET /api/argocd/.backstage/auth/v1/cookie': {
    answers: '401 401 401 401 200 200',
  },
  'GET /api/argocd/.backstage/auth/v1/jwks.json': {
    answers: '200 200 200 200 200 200',
    why: 'public keys, by which others check tokens',
  },
  'GET /api/argocd/argoInstance/:instance/applications/name/:name': {
    answers: '401 401 401 401 404 200',
    path: '/api/argocd/argoInstance/argocd/applications/name/app-ml-team--ml-backend--dev',
  },
  'GET /api/argocd/argoInstance/:instance/applications/name/:name/revisions/:revision/metadata':
    {
      answers: '401 401 401 401 404 200',
      path: '/api/argocd/argoInstance/argocd/applications/name/app-ml-team--ml-backend--dev/revisions/{revision}/metadata',
    },
  'GET /api/argocd/argoInstance/:instance/applications/selector/:selector': {
    answers: '401 401 401 401 200 200',
    path: '/api/argocd/argoInstance/argocd/applications/selector/ml-platform.io%2Fteam%3Dapp-ml-team',
  },
  'GET /api/argocd/find/name/:name': {
    answers: '401 401 401 401 200 200',
    path: '/api/argocd/find/name/app-ml-team--ml-backend--dev',
  },
  'GET /api/argocd/find/selector/:selector': {
    answers: '401 401 401 401 200 200',
    path: '/api/argocd/find/selector/ml-platform.io%2Fteam%3Dapp-ml-team',
  },
  'ALL /api/auth': {
    answers: '404 404 404 404 404 404',
    path: '/api/auth/no-such-route',
    why: 'no such provider',
  },
  'GET /api/auth/.backstage/actions/v1/actions': {
    answers: '200 401 401 401 200 200',
    why: 'nobody sees that who-am-i exists, and may not call it',
  },
  'POST /api/auth/.backstage/actions/v1/actions/:actionId/invoke': {
    answers: '403 401 401 401 404 404',
    why: 'nobody sees that who-am-i exists, and may not call it',
  },
  'POST /api/auth/.backstage/actions/v2/actions/:actionId/invoke': {
    answers: '403 401 401 401 404 404',
    why: 'nobody sees that who-am-i exists, and may not call it',
  },
  'DELETE /api/auth/.backstage/auth/v1/cookie': {
    answers: '204 204 204 204 204 204',
    why: 'forgets the own cookie',
  },
  'GET /api/auth/.backstage/auth/v1/cookie': {
    answers: '401 401 401 401 200 200',
  },
  'GET /api/auth/.backstage/auth/v1/jwks.json': {
    answers: '200 200 200 200 200 200',
    why: 'public keys, by which others check tokens',
  },
  'POST /api/auth/.well-known/backstage/permissions/apply-conditions': {
    answers: '401 401 401 401 403 403',
  },
  'GET /api/auth/.well-known/backstage/permissions/metadata': {
    answers: '200 200 200 200 200 200',
    why: 'the plugin has no permissions to tell',
  },
  'GET /api/auth/.well-known/jwks.json': {
    answers: '200 200 200 200 200 200',
    why: 'public keys, by which others check tokens',
  },
  'GET /api/auth/.well-known/oauth-client/cli.json': {
    answers: '404 404 404 404 404 404',
    why: 'where to sign in',
  },
  'GET /api/auth/.well-known/openid-configuration': {
    answers: '200 200 200 200 200 200',
    why: 'where to sign in',
  },
  'GET /api/auth/sandbox/handler/frame': {
    answers: '501 501 501 501 501 501',
    why: 'the protocol of sign-in, which personas do without',
  },
  'POST /api/auth/sandbox/handler/frame': {
    answers: '501 501 501 501 501 501',
    why: 'the protocol of sign-in, which personas do without',
  },
  'GET /api/auth/sandbox/refresh': {
    answers: '401 401 401 401 401 401',
    path: '/api/auth/sandbox/refresh?persona=data-engineer',
  },
  'POST /api/auth/sandbox/refresh': { answers: '401 401 401 401 401 401' },
  'GET /api/auth/sandbox/start': {
    answers: '501 501 501 501 501 501',
    why: 'the protocol of sign-in, which personas do without',
  },
  'GET /api/auth/v1/userinfo': {
    answers: '401 401 401 200 200 200',
    why: 'backends ask it about whom a cookie belongs to; it tells only who oneself is',
  },
  'ALL /api/catalog': {
    answers: '401 401 401 401 404 404',
    path: '/api/catalog/no-such-route',
  },
  'GET /api/catalog/.backstage/actions/v1/actions': {
    answers: '401 401 401 401 200 200',
  },
  'POST /api/catalog/.backstage/actions/v1/actions/:actionId/invoke': {
    answers: '401 401 401 401 404 404',
  },
  'POST /api/catalog/.backstage/actions/v2/actions/:actionId/invoke': {
    answers: '401 401 401 401 404 404',
  },
  'DELETE /api/catalog/.backstage/auth/v1/cookie': {
    answers: '401 401 401 401 204 204',
  },
  'GET /api/catalog/.backstage/auth/v1/cookie': {
    answers: '401 401 401 401 200 200',
  },
  'GET /api/catalog/.backstage/auth/v1/jwks.json': {
    answers: '200 200 200 200 200 200',
    why: 'public keys, by which others check tokens',
  },
  'GET /api/catalog/.backstage/scheduler/v1/tasks': {
    answers: '404 404 404 404 404 404',
    why: 'closed for everyone: see rootHttpRouter.ts',
  },
  'POST /api/catalog/.backstage/scheduler/v1/tasks/:id/cancel': {
    answers: '404 404 404 404 404 404',
    path: '/api/catalog/.backstage/scheduler/v1/tasks/ml-platform-entities/cancel',
    why: 'closed for everyone: see rootHttpRouter.ts',
  },
  'POST /api/catalog/.backstage/scheduler/v1/tasks/:id/trigger': {
    answers: '404 404 404 404 404 404',
    path: '/api/catalog/.backstage/scheduler/v1/tasks/ml-platform-entities/trigger',
    why: 'closed for everyone: see rootHttpRouter.ts',
  },
  'POST /api/catalog/.well-known/backstage/permissions/apply-conditions': {
    answers: '401 401 401 401 403 403',
  },
  'GET /api/catalog/.well-known/backstage/permissions/metadata': {
    answers: '401 401 401 401 200 200',
  },
  'POST /api/catalog/analyze-location': {
    answers: '401 401 401 401 403 403',
    body: {
      location: {
        type: 'url',
        target: 'http://forge.example.com/catalog-info.yaml',
      },
    },
  },
  'GET /api/catalog/entities': { answers: '401 401 401 401 200 200' },
  'GET /api/catalog/entities/by-name/:kind/:namespace/:name': {
    answers: '401 401 401 401 200 200',
    path: '/api/catalog/entities/by-name/component/default/ml-backend',
  },
  'GET /api/catalog/entities/by-name/:kind/:namespace/:name/ancestry': {
    answers: '401 401 401 401 200 200',
    path: '/api/catalog/entities/by-name/component/default/ml-backend/ancestry',
  },
  'GET /api/catalog/entities/by-query': { answers: '401 401 401 401 200 200' },
  'POST /api/catalog/entities/by-query': {
    answers: '401 401 401 401 200 200',
    body: {},
  },
  'POST /api/catalog/entities/by-refs': {
    answers: '401 401 401 401 200 200',
    body: { entityRefs: ['component:default/ml-backend'] },
  },
  'DELETE /api/catalog/entities/by-uid/:uid': {
    answers: '401 401 401 401 403 403',
    path: '/api/catalog/entities/by-uid/x',
  },
  'GET /api/catalog/entities/by-uid/:uid': {
    answers: '401 401 401 401 200 200',
    path: '/api/catalog/entities/by-uid/{uid}',
  },
  'GET /api/catalog/entity-facets': {
    answers: '401 401 401 401 200 200',
    path: '/api/catalog/entity-facets?facet=kind',
  },
  'POST /api/catalog/entity-facets': {
    answers: '401 401 401 401 200 200',
    body: { facets: ['kind'] },
  },
  'GET /api/catalog/locations': { answers: '401 401 401 401 200 200' },
  'POST /api/catalog/locations': {
    answers: '401 401 401 401 403 403',
    path: '/api/catalog/locations?dryRun=true',
    body: { type: 'url', target: 'http://forge.example.com/catalog-info.yaml' },
  },
  'DELETE /api/catalog/locations/:id': {
    answers: '401 401 401 401 403 403',
    path: '/api/catalog/locations/x',
  },
  'GET /api/catalog/locations/:id': {
    answers: '401 401 401 401 404 404',
    path: '/api/catalog/locations/x',
  },
  'PUT /api/catalog/locations/:id': {
    answers: '401 401 401 401 403 403',
    path: '/api/catalog/locations/x',
    body: { type: 'url', target: 'http://forge.example.com/catalog-info.yaml' },
  },
  'GET /api/catalog/locations/by-entity/:kind/:namespace/:name': {
    answers: '401 401 401 401 404 404',
    path: '/api/catalog/locations/by-entity/component/default/ml-backend',
  },
  'POST /api/catalog/locations/by-query': {
    answers: '401 401 401 401 200 200',
  },
  'GET /api/catalog/openapi.json': { answers: '401 401 401 401 200 200' },
  'POST /api/catalog/refresh': {
    answers: '401 401 401 401 403 200',
    body: { entityRef: 'component:default/ml-backend' },
  },
  'POST /api/catalog/validate-entity': {
    answers: '401 401 401 401 403 403',
    body: {
      location: 'url:http://forge.example.com',
      entity: {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: { name: 'x' },
        spec: { type: 'service', lifecycle: 'production', owner: 'x' },
      },
    },
  },
  'ALL /api/devtools': {
    answers: '404 404 404 404 404 404',
    path: '/api/devtools/config',
    why: 'not there',
  },
  'ALL /api/events': {
    answers: '401 401 401 401 404 404',
    path: '/api/events/no-such-route',
  },
  'DELETE /api/events/.backstage/auth/v1/cookie': {
    answers: '401 401 401 401 204 204',
  },
  'GET /api/events/.backstage/auth/v1/cookie': {
    answers: '401 401 401 401 200 200',
  },
  'GET /api/events/.backstage/auth/v1/jwks.json': {
    answers: '200 200 200 200 200 200',
    why: 'public keys, by which others check tokens',
  },
  'GET /api/events/.backstage/scheduler/v1/tasks': {
    answers: '404 404 404 404 404 404',
    why: 'closed for everyone: see rootHttpRouter.ts',
  },
  'POST /api/events/.backstage/scheduler/v1/tasks/:id/cancel': {
    answers: '404 404 404 404 404 404',
    path: '/api/events/.backstage/scheduler/v1/tasks/x/cancel',
    why: 'closed for everyone: see rootHttpRouter.ts',
  },
  'POST /api/events/.backstage/scheduler/v1/tasks/:id/trigger': {
    answers: '404 404 404 404 404 404',
    path: '/api/events/.backstage/scheduler/v1/tasks/x/trigger',
    why: 'closed for everyone: see rootHttpRouter.ts',
  },
  'POST /api/events/bus/v1/events': {
    answers: '401 401 401 401 403 403',
    body: { event: { topic: 'x', payload: {} } },
  },
  'PUT /api/events/bus/v1/subscriptions/:subscriptionId': {
    answers: '401 401 401 401 403 403',
    path: '/api/events/bus/v1/subscriptions/x',
    body: { topics: ['x'] },
  },
  'GET /api/events/bus/v1/subscriptions/:subscriptionId/events': {
    answers: '401 401 401 401 403 403',
    path: '/api/events/bus/v1/subscriptions/x/events',
  },
  'ALL /api/events/http': {
    answers: '404 404 404 404 404 404',
    path: '/api/events/http/x',
    why: 'not there',
  },
  'GET /api/events/openapi.json': { answers: '401 401 401 401 200 200' },
  'ALL /api/kubernetes': {
    answers: '401 401 401 401 404 404',
    path: '/api/kubernetes/no-such-route',
  },
  'GET /api/kubernetes/.backstage/actions/v1/actions': {
    answers: '401 401 401 401 200 200',
  },
  'POST /api/kubernetes/.backstage/actions/v1/actions/:actionId/invoke': {
    answers: '401 401 401 401 404 404',
  },
  'POST /api/kubernetes/.backstage/actions/v2/actions/:actionId/invoke': {
    answers: '401 401 401 401 404 404',
  },
  'DELETE /api/kubernetes/.backstage/auth/v1/cookie': {
    answers: '401 401 401 401 204 204',
  },
  'GET /api/kubernetes/.backstage/auth/v1/cookie': {
    answers: '401 401 401 401 200 200',
  },
  'GET /api/kubernetes/.backstage/auth/v1/jwks.json': {
    answers: '200 200 200 200 200 200',
    why: 'public keys, by which others check tokens',
  },
  'POST /api/kubernetes/.well-known/backstage/permissions/apply-conditions': {
    answers: '401 401 401 401 403 403',
  },
  'GET /api/kubernetes/.well-known/backstage/permissions/metadata': {
    answers: '401 401 401 401 200 200',
  },
  'GET /api/kubernetes/clusters': { answers: '401 401 401 401 200 200' },
  'ALL /api/kubernetes/proxy': {
    answers: '401 401 401 401 403 403',
    path: '/api/kubernetes/proxy/api/v1/namespaces/app-ml-team-dev/pods',
  },
  'POST /api/kubernetes/resources/custom/query': {
    answers: '401 401 401 401 200 200',
    body: {
      entityRef: 'component:default/ml-backend',
      auth: {},
      customResources: [
        { group: 'apps', apiVersion: 'v1', plural: 'deployments' },
      ],
    },
  },
  'POST /api/kubernetes/resources/workloads/query': {
    answers: '401 401 401 401 200 200',
    body: { entityRef: 'component:default/ml-backend', auth: {} },
  },
  'POST /api/kubernetes/services/:serviceId': {
    answers: '401 401 401 401 200 200',
    path: '/api/kubernetes/services/component:default%2Fml-backend',
    body: {
      entity: { kind: 'Component', metadata: { name: 'ml-backend' } },
      auth: {},
    },
  },
  'ALL /api/ml-platform': {
    answers: '401 401 401 401 404 404',
    path: '/api/ml-platform/no-such-route',
  },
  'DELETE /api/ml-platform/.backstage/auth/v1/cookie': {
    answers: '401 401 401 401 204 204',
  },
  'GET /api/ml-platform/.backstage/auth/v1/cookie': {
    answers: '401 401 401 401 200 200',
  },
  'GET /api/ml-platform/.backstage/auth/v1/jwks.json': {
    answers: '200 200 200 200 200 200',
    why: 'public keys, by which others check tokens',
  },
  'POST /api/ml-platform/.well-known/backstage/permissions/apply-conditions': {
    answers: '401 401 401 401 403 403',
  },
  'GET /api/ml-platform/.well-known/backstage/permissions/metadata': {
    answers: '401 401 401 401 200 200',
  },
  // Nodes belong to nobody: whoever signs in may see where there is room.
  'GET /api/ml-platform/capacity': { answers: '401 401 401 401 200 200' },
  'GET /api/ml-platform/clusters/:cluster/namespaces/:namespace/events': {
    answers: '401 401 401 401 404 200',
    path: '/api/ml-platform/clusters/sandbox/namespaces/app-ml-team-dev/events?name={pod}',
  },
  'GET /api/ml-platform/clusters/:cluster/namespaces/:namespace/pods/:pod/logs':
    {
      answers: '401 401 401 401 404 200',
      path: '/api/ml-platform/clusters/sandbox/namespaces/app-ml-team-dev/pods/{pod}/logs',
    },
  'GET /api/ml-platform/clusters/:cluster/namespaces/:namespace/pods/:pod/logs/follow':
    {
      answers: '401 401 401 401 404 200',
      path: '/api/ml-platform/clusters/sandbox/namespaces/app-ml-team-dev/pods/{pod}/logs/follow',
    },
  'GET /api/ml-platform/config-audits': { answers: '401 401 401 401 200 200' },
  'GET /api/ml-platform/exposed-secrets': {
    answers: '401 401 401 401 200 200',
  },
  'GET /api/ml-platform/findings/summary': {
    answers: '401 401 401 401 200 200',
  },
  'GET /api/ml-platform/images': { answers: '401 401 401 401 200 200' },
  'GET /api/ml-platform/images/difference': {
    // Nothing in the sandbox has both a digest and a report; the test of the route asks as another team.
    answers: '401 401 401 401 404 404',
    path: '/api/ml-platform/images/difference?from={digest}&to={digest}',
  },
  'GET /api/ml-platform/openapi.json': { answers: '401 401 401 401 200 200' },
  'GET /api/ml-platform/change-requests': { answers: '401 401 401 401 200 200' },
  'GET /api/ml-platform/change-requests/:number': {
    answers: '401 401 401 401 404 200',
    path: '/api/ml-platform/change-requests/{request}',
  },
  'GET /api/ml-platform/vulnerabilities': {
    answers: '401 401 401 401 200 200',
  },
  'GET /api/ml-platform/vulnerabilities/:cve': {
    answers: '401 401 401 401 404 200',
    path: '/api/ml-platform/vulnerabilities/CVE-2024-37052',
  },
  'POST /api/ml-platform/webhooks/forge': {
    answers: '403 403 403 403 403 403',
    why: 'the forge is nobody here: it signs what it sends',
  },
  'GET /api/ml-platform/live': {
    answers: '401 401 401 401 404 200',
    path: '/api/ml-platform/live?topics=team:app-ml-team',
  },
  'GET /api/ml-platform/cost': { answers: '401 401 401 401 200 200' },
  'GET /api/ml-platform/dashboards': {
    answers: '401 401 401 401 404 200',
    path: '/api/ml-platform/dashboards?tag=app-ml-team--ml-backend',
  },
  'GET /api/ml-platform/platform': { answers: '401 401 401 401 200 200' },
  'POST /api/ml-platform/preview': {
    answers: '401 401 401 401 403 200',
    body: {
      templateRef: 'template:default/ml-service',
      values: {
        team: 'app-ml-team',
        name: 'inventory-preview',
        description: 'x',
        image: 'ghcr.io/acme/x:1.0.0',
        port: 8080,
        size: 'small',
      },
    },
  },
  'GET /api/ml-platform/teams': { answers: '401 401 401 401 200 200' },
  'GET /api/ml-platform/teams/:team/runs': {
    answers: '401 401 401 401 404 200',
    path: '/api/ml-platform/teams/app-ml-team/runs',
  },
  'GET /api/ml-platform/teams/:team/runs/:id': {
    answers: '401 401 401 401 404 200',
    path: '/api/ml-platform/teams/app-ml-team/runs/{run}',
  },
  'GET /api/ml-platform/teams/:team/workloads': {
    answers: '401 401 401 401 404 200',
    path: '/api/ml-platform/teams/app-ml-team/workloads',
  },
  'GET /api/ml-platform/teams/:team/workloads/:workload/deployments': {
    answers: '401 401 401 401 404 200',
    path: '/api/ml-platform/teams/app-ml-team/workloads/ml-backend/deployments',
  },
  'GET /api/ml-platform/teams/:team/cost': {
    answers: '401 401 401 401 404 200',
    path: '/api/ml-platform/teams/app-ml-team/cost',
  },
  'GET /api/ml-platform/teams/:team/quota': {
    answers: '401 401 401 401 404 200',
    path: '/api/ml-platform/teams/app-ml-team/quota',
  },
  'GET /api/ml-platform/teams/:team/names/:name': {
    answers: '401 401 401 401 403 200',
    path: '/api/ml-platform/teams/app-ml-team/names/new-service',
  },
  'GET /api/ml-platform/teams/:team/workloads/:workload': {
    answers: '401 401 401 401 404 200',
    path: '/api/ml-platform/teams/app-ml-team/workloads/feature-api',
  },
  'GET /api/ml-platform/teams/:team/workloads/:workload/findings': {
    answers: '401 401 401 401 404 200',
    path: '/api/ml-platform/teams/app-ml-team/workloads/ml-backend/findings',
  },
  'ALL /api/nothing': {
    answers: '404 404 404 404 404 404',
    path: '/api/nothing',
    why: 'not there',
  },
  'ALL /api/notifications': {
    answers: '401 401 401 401 404 404',
    path: '/api/notifications/no/such/route',
  },
  'GET /api/notifications': { answers: '401 401 401 401 200 200' },
  'POST /api/notifications': {
    answers: '401 401 401 401 403 403',
    body: { recipients: { type: 'broadcast' }, payload: { title: 'x' } },
  },
  'GET /api/notifications/.backstage/actions/v1/actions': {
    answers: '401 401 401 401 200 200',
  },
  'POST /api/notifications/.backstage/actions/v1/actions/:actionId/invoke': {
    answers: '401 401 401 401 404 404',
  },
  'POST /api/notifications/.backstage/actions/v2/actions/:actionId/invoke': {
    answers: '401 401 401 401 404 404',
  },
  'DELETE /api/notifications/.backstage/auth/v1/cookie': {
    answers: '401 401 401 401 204 204',
  },
  'GET /api/notifications/.backstage/auth/v1/cookie': {
    answers: '401 401 401 401 200 200',
  },
  'GET /api/notifications/.backstage/auth/v1/jwks.json': {
    answers: '200 200 200 200 200 200',
    why: 'public keys, by which others check tokens',
  },
  'GET /api/notifications/.backstage/scheduler/v1/tasks': {
    answers: '404 404 404 404 404 404',
    why: 'closed for everyone: see rootHttpRouter.ts',
  },
  'POST /api/notifications/.backstage/scheduler/v1/tasks/:id/cancel': {
    answers: '404 404 404 404 404 404',
    path: '/api/notifications/.backstage/scheduler/v1/tasks/notification-cleaner/cancel',
    why: 'closed for everyone: see rootHttpRouter.ts',
  },
  'POST /api/notifications/.backstage/scheduler/v1/tasks/:id/trigger': {
    answers: '404 404 404 404 404 404',
    path: '/api/notifications/.backstage/scheduler/v1/tasks/notification-cleaner/trigger',
    why: 'closed for everyone: see rootHttpRouter.ts',
  },
  'POST /api/notifications/.well-known/backstage/permissions/apply-conditions':
    { answers: '401 401 401 401 403 403' },
  'GET /api/notifications/.well-known/backstage/permissions/metadata': {
    answers: '401 401 401 401 200 200',
  },
  'GET /api/notifications/:id': {
    answers: '401 401 401 401 404 404',
    path: `/api/notifications/${NO_NOTIFICATION}`,
  },
  'GET /api/notifications/notifications': {
    answers: '401 401 401 401 200 200',
  },
  'POST /api/notifications/notifications': {
    answers: '401 401 401 401 403 403',
    body: { recipients: { type: 'broadcast' }, payload: { title: 'x' } },
  },
  'GET /api/notifications/notifications/:id': {
    answers: '401 401 401 401 404 404',
    path: `/api/notifications/notifications/${NO_NOTIFICATION}`,
  },
  'POST /api/notifications/notifications/update': {
    answers: '401 401 401 401 200 200',
    body: { ids: [NO_NOTIFICATION], read: true },
  },
  'GET /api/notifications/openapi.json': { answers: '401 401 401 401 200 200' },
  'GET /api/notifications/settings': { answers: '401 401 401 401 200 200' },
  'POST /api/notifications/settings': {
    answers: '401 401 401 401 200 200',
    body: {
      channels: [
        { id: 'Web', origins: [{ id: 'x', enabled: true, topics: [] }] },
      ],
    },
  },
  'GET /api/notifications/status': { answers: '401 401 401 401 200 200' },
  'GET /api/notifications/topics': { answers: '401 401 401 401 200 200' },
  'POST /api/notifications/update': {
    answers: '401 401 401 401 200 200',
    body: { ids: [NO_NOTIFICATION], read: true },
  },
  'ALL /api/permission': {
    answers: '401 401 401 401 404 404',
    path: '/api/permission/no-such-route',
  },
  'DELETE /api/permission/.backstage/auth/v1/cookie': {
    answers: '401 401 401 401 204 204',
  },
  'GET /api/permission/.backstage/auth/v1/cookie': {
    answers: '401 401 401 401 200 200',
  },
  'GET /api/permission/.backstage/auth/v1/jwks.json': {
    answers: '200 200 200 200 200 200',
    why: 'public keys, by which others check tokens',
  },
  'POST /api/permission/authorize': {
    answers: '401 401 401 401 200 200',
    body: {
      items: [
        {
          id: '0',
          permission: {
            type: 'basic',
            name: 'devtools.config',
            attributes: {},
          },
        },
      ],
    },
  },
  'GET /api/permission/health': {
    answers: '200 200 200 200 200 200',
    why: 'probes have no identity, and it says only ok',
  },
  'ALL /api/proxy': {
    answers: '404 404 404 404 404 404',
    path: '/api/proxy/grafana/api/search',
    why: 'not there',
  },
  'ALL /api/scaffolder': {
    answers: '401 401 401 401 404 404',
    path: '/api/scaffolder/no-such-route',
  },
  'GET /api/scaffolder/.backstage/actions/v1/actions': {
    answers: '401 401 401 401 200 200',
  },
  'POST /api/scaffolder/.backstage/actions/v1/actions/:actionId/invoke': {
    answers: '401 401 401 401 404 404',
  },
  'POST /api/scaffolder/.backstage/actions/v2/actions/:actionId/invoke': {
    answers: '401 401 401 401 404 404',
  },
  'DELETE /api/scaffolder/.backstage/auth/v1/cookie': {
    answers: '401 401 401 401 204 204',
  },
  'GET /api/scaffolder/.backstage/auth/v1/cookie': {
    answers: '401 401 401 401 200 200',
  },
  'GET /api/scaffolder/.backstage/auth/v1/jwks.json': {
    answers: '200 200 200 200 200 200',
    why: 'public keys, by which others check tokens',
  },
  'GET /api/scaffolder/.backstage/scheduler/v1/tasks': {
    answers: '404 404 404 404 404 404',
    why: 'closed for everyone: see rootHttpRouter.ts',
  },
  'POST /api/scaffolder/.backstage/scheduler/v1/tasks/:id/cancel': {
    answers: '404 404 404 404 404 404',
    path: '/api/scaffolder/.backstage/scheduler/v1/tasks/close_stale_tasks/cancel',
    why: 'closed for everyone: see rootHttpRouter.ts',
  },
  'POST /api/scaffolder/.backstage/scheduler/v1/tasks/:id/trigger': {
    answers: '404 404 404 404 404 404',
    path: '/api/scaffolder/.backstage/scheduler/v1/tasks/close_stale_tasks/trigger',
    why: 'closed for everyone: see rootHttpRouter.ts',
  },
  'POST /api/scaffolder/.well-known/backstage/permissions/apply-conditions': {
    answers: '401 401 401 401 403 403',
  },
  'GET /api/scaffolder/.well-known/backstage/permissions/metadata': {
    answers: '401 401 401 401 200 200',
  },
  'GET /api/scaffolder/openapi.json': { answers: '401 401 401 401 200 200' },
  'GET /api/scaffolder/v2/actions': { answers: '401 401 401 401 200 200' },
  'POST /api/scaffolder/v2/autocomplete/:provider/:resource': {
    answers: '401 401 401 401 400 400',
    path: '/api/scaffolder/v2/autocomplete/x/y',
    body: { token: 'x', context: {} },
  },
  'POST /api/scaffolder/v2/dry-run': {
    answers: '401 401 401 401 403 403',
    body: { template: {}, values: {}, directoryContents: [] },
  },
  'GET /api/scaffolder/v2/tasks': { answers: '401 401 401 401 200 200' },
  'POST /api/scaffolder/v2/tasks': {
    answers: '401 401 401 401 404 404',
    body: { templateRef: 'template:default/none', values: {} },
  },
  'GET /api/scaffolder/v2/tasks/:taskId': {
    answers: '401 401 401 401 403 200',
    path: '/api/scaffolder/v2/tasks/{task}',
  },
  'POST /api/scaffolder/v2/tasks/:taskId/cancel': {
    answers: '401 401 401 401 403 200',
    path: '/api/scaffolder/v2/tasks/{task}/cancel',
  },
  'GET /api/scaffolder/v2/tasks/:taskId/events': {
    answers: '401 401 401 401 403 200',
    path: '/api/scaffolder/v2/tasks/{task}/events',
  },
  'GET /api/scaffolder/v2/tasks/:taskId/eventstream': {
    answers: '401 401 401 401 403 200',
    path: '/api/scaffolder/v2/tasks/{task}/eventstream',
  },
  'POST /api/scaffolder/v2/tasks/:taskId/retry': {
    answers: '401 401 401 401 403 201',
    path: '/api/scaffolder/v2/tasks/{task}/retry',
  },
  'GET /api/scaffolder/v2/templates/:namespace/:kind/:name/parameter-schema': {
    answers: '401 401 401 401 200 200',
    path: '/api/scaffolder/v2/templates/default/template/ml-service/parameter-schema',
  },
  'GET /api/scaffolder/v2/templating-extensions': {
    answers: '401 401 401 401 200 200',
  },
  'ALL /api/search': {
    answers: '401 401 401 401 404 404',
    path: '/api/search/no-such-route',
  },
  'GET /api/search/.backstage/actions/v1/actions': {
    answers: '401 401 401 401 200 200',
  },
  'POST /api/search/.backstage/actions/v1/actions/:actionId/invoke': {
    answers: '401 401 401 401 404 404',
  },
  'POST /api/search/.backstage/actions/v2/actions/:actionId/invoke': {
    answers: '401 401 401 401 404 404',
  },
  'DELETE /api/search/.backstage/auth/v1/cookie': {
    answers: '401 401 401 401 204 204',
  },
  'GET /api/search/.backstage/auth/v1/cookie': {
    answers: '401 401 401 401 200 200',
  },
  'GET /api/search/.backstage/auth/v1/jwks.json': {
    answers: '200 200 200 200 200 200',
    why: 'public keys, by which others check tokens',
  },
  'GET /api/search/.backstage/scheduler/v1/tasks': {
    answers: '404 404 404 404 404 404',
    why: 'closed for everyone: see rootHttpRouter.ts',
  },
  'POST /api/search/.backstage/scheduler/v1/tasks/:id/cancel': {
    answers: '404 404 404 404 404 404',
    path: '/api/search/.backstage/scheduler/v1/tasks/search_index_software_catalog/cancel',
    why: 'closed for everyone: see rootHttpRouter.ts',
  },
  'POST /api/search/.backstage/scheduler/v1/tasks/:id/trigger': {
    answers: '404 404 404 404 404 404',
    path: '/api/search/.backstage/scheduler/v1/tasks/search_index_software_catalog/trigger',
    why: 'closed for everyone: see rootHttpRouter.ts',
  },
  'POST /api/search/.well-known/backstage/permissions/apply-conditions': {
    answers: '401 401 401 401 403 403',
  },
  'GET /api/search/.well-known/backstage/permissions/metadata': {
    answers: '401 401 401 401 200 200',
  },
  'GET /api/search/openapi.json': { answers: '401 401 401 401 200 200' },
  'GET /api/search/query': {
    answers: '401 401 401 401 200 200',
    path: '/api/search/query?term=ml',
  },
  'ALL /api/signals': {
    answers: '401 401 401 401 404 404',
    path: '/api/signals',
    why: 'an upgrade to a web socket is refused before this; see the test of its own',
  },
  'ALL /api/signals/*': {
    answers: '401 401 401 401 404 404',
    path: '/api/signals/no-such-route',
    why: 'an upgrade to a web socket is refused before this; see the test of its own',
  },
  'DELETE /api/signals/.backstage/auth/v1/cookie': {
    answers: '401 401 401 401 204 204',
    why: 'forgets the own cookie',
  },
  'GET /api/signals/.backstage/auth/v1/cookie': {
    answers: '401 401 401 401 200 200',
  },
  'GET /api/signals/.backstage/auth/v1/jwks.json': {
    answers: '200 200 200 200 200 200',
    why: 'public keys, by which others check tokens',
  },
  'GET /api/signals/health': {
    answers: '200 200 200 200 200 200',
    why: 'probes have no identity, and it says only ok',
  },
  'ALL /api/techdocs': {
    answers: '401 401 401 401 404 404',
    path: '/api/techdocs/no-such-route',
  },
  'DELETE /api/techdocs/.backstage/auth/v1/cookie': {
    answers: '401 401 401 401 204 204',
  },
  'GET /api/techdocs/.backstage/auth/v1/cookie': {
    answers: '401 401 401 401 200 200',
  },
  'GET /api/techdocs/.backstage/auth/v1/jwks.json': {
    answers: '200 200 200 200 200 200',
    why: 'public keys, by which others check tokens',
  },
  'GET /api/techdocs/metadata/entity/:namespace/:kind/:name': {
    answers: '401 401 401 401 404 404',
    path: '/api/techdocs/metadata/entity/default/component/ml-backend',
  },
  'GET /api/techdocs/metadata/techdocs/:namespace/:kind/:name': {
    answers: '401 401 401 401 404 404',
    path: '/api/techdocs/metadata/techdocs/default/component/ml-backend',
  },
  'ALL /api/techdocs/static/docs': {
    answers: '401 401 401 404 404 404',
    path: '/api/techdocs/static/docs/default/component/ml-backend/index.html',
    why: 'pages load pictures and styles with the cookie',
  },
  'GET /api/techdocs/sync/:namespace/:kind/:name': {
    answers: '401 401 401 401 200 200',
    path: '/api/techdocs/sync/default/component/ml-backend',
  },
  'ALL /api/user-settings': {
    answers: '401 401 401 401 404 404',
    path: '/api/user-settings/no-such-route',
  },
  'DELETE /api/user-settings/.backstage/auth/v1/cookie': {
    answers: '401 401 401 401 204 204',
  },
  'GET /api/user-settings/.backstage/auth/v1/cookie': {
    answers: '401 401 401 401 200 200',
  },
  'GET /api/user-settings/.backstage/auth/v1/jwks.json': {
    answers: '200 200 200 200 200 200',
    why: 'public keys, by which others check tokens',
  },
  'DELETE /api/user-settings/buckets/:bucket/keys/:key(*)': {
    answers: '401 401 401 401 204 204',
    path: '/api/user-settings/buckets/b/keys/k',
  },
  'GET /api/user-settings/buckets/:bucket/keys/:key(*)': {
    answers: '401 401 401 401 404 404',
    path: '/api/user-settings/buckets/b/keys/k',
  },
  'PUT /api/user-settings/buckets/:bucket/keys/:key(*)': {
    answers: '401 401 401 401 200 200',
    path: '/api/user-settings/buckets/b/keys/k',
    body: { value: 'x' },
  },
  'POST /api/user-settings/multiget': {
    answers: '401 401 401 401 200 200',
    body: { items: [{ bucket: 'b', key: 'k' }] },
  },
  'ALL /nothing': {
    answers: '200 200 200 200 200 200',
    path: '/nothing',
    why: 'the files of the app, which signs people in',
  },
};

/** Actions of the actions registry, which agents call; `body` is the input. */
export const ACTIONS: Record<string, ExpectedRoute> = {
  'auth:who-am-i': {
    answers: '403 401 401 401 200 200',
    body: {},
    why: 'refused by the action itself: the plugin answers people who sign in',
  },
  'catalog:get-catalog-entity': {
    answers: '401 401 401 401 200 200',
    body: { name: 'ml-backend' },
  },
  'catalog:get-catalog-model-description': {
    answers: '401 401 401 401 200 200',
    body: {},
  },
  'catalog:query-catalog-entities': {
    answers: '401 401 401 401 200 200',
    body: {},
  },
  'catalog:refresh-catalog-entity': {
    answers: '401 401 401 401 403 200',
    body: { kind: 'component', name: 'ml-backend' },
  },
  'catalog:register-entity': {
    answers: '401 401 401 401 403 403',
    body: { locationUrl: 'http://forge.example.com/catalog-info.yaml' },
  },
  'catalog:unregister-entity': {
    answers: '401 401 401 401 403 403',
    body: { type: { locationId: 'x' } },
  },
  'catalog:validate-entity': {
    answers: '401 401 401 401 200 200',
    body: {
      entity:
        'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: x }\nspec: { type: service, lifecycle: production, owner: x }',
      location: 'url:http://forge.example.com',
    },
  },
  'kubernetes:get-kubernetes-clusters': {
    answers: '401 401 401 401 200 200',
    body: {},
  },
  'kubernetes:get-kubernetes-resources-for-entity': {
    answers: '401 401 401 401 200 200',
    body: { name: 'ml-backend' },
  },
  'notifications:get-notifications': {
    answers: '401 401 401 401 200 200',
    body: { view: 'all' },
  },
  'scaffolder:execute-template': {
    answers: '401 401 401 401 500 500',
    body: { templateRef: 'template:default/none', values: {} },
  },
  'scaffolder:get-scaffolder-task-logs': {
    answers: '401 401 401 401 403 400',
    body: { taskId: '{task}' },
  },
  'scaffolder:list-scaffolder-actions': {
    answers: '401 401 401 401 200 200',
    body: {},
  },
  'scaffolder:list-scaffolder-tasks': {
    answers: '401 401 401 401 200 200',
    body: {},
  },
  'search:query': { answers: '401 401 401 401 200 200', body: { term: 'ml' } },
};
