import type { ExpectedRoutes } from './ExpectedRoute';
import { authServiceRoutes, permissionMetadataRoutes } from './pluginRoutes';

export const mlPlatformRoutes: ExpectedRoutes = {
  ...authServiceRoutes('ml-platform'),
  ...permissionMetadataRoutes('ml-platform'),
  'ALL /api/ml-platform': {
    statuses: '401 401 401 401 404 404',
    path: '/api/ml-platform/no-such-route',
  },
  // Nodes have no owner: every user may see the free capacity.
  'GET /api/ml-platform/capacity': { statuses: '401 401 401 401 200 200' },
  'GET /api/ml-platform/clusters/:cluster/namespaces/:namespace/events': {
    statuses: '401 401 401 401 404 200',
    path: '/api/ml-platform/clusters/sandbox/namespaces/app-ml-team-dev/events?name={pod}',
  },
  'GET /api/ml-platform/clusters/:cluster/namespaces/:namespace/pods/:pod/logs':
    {
      statuses: '401 401 401 401 404 200',
      path: '/api/ml-platform/clusters/sandbox/namespaces/app-ml-team-dev/pods/{pod}/logs',
    },
  'GET /api/ml-platform/clusters/:cluster/namespaces/:namespace/pods/:pod/logs/follow':
    {
      statuses: '401 401 401 401 404 200',
      path: '/api/ml-platform/clusters/sandbox/namespaces/app-ml-team-dev/pods/{pod}/logs/follow',
      isStream: true,
    },
  'GET /api/ml-platform/config-audits': { statuses: '401 401 401 401 200 200' },
  'GET /api/ml-platform/exposed-secrets': {
    statuses: '401 401 401 401 200 200',
  },
  'GET /api/ml-platform/findings/summary': {
    statuses: '401 401 401 401 200 200',
  },
  'GET /api/ml-platform/images': { statuses: '401 401 401 401 200 200' },
  'GET /api/ml-platform/images/difference': {
    // No image in the sandbox has both a digest and a report; the unit test of the route covers other teams.
    statuses: '401 401 401 401 404 404',
    path: '/api/ml-platform/images/difference?from={digest}&to={digest}',
  },
  'GET /api/ml-platform/openapi.json': { statuses: '401 401 401 401 200 200' },
  'GET /api/ml-platform/change-requests': {
    statuses: '401 401 401 401 200 200',
  },
  'GET /api/ml-platform/change-requests/:number': {
    statuses: '401 401 401 401 404 200',
    path: '/api/ml-platform/change-requests/{request}',
  },
  'GET /api/ml-platform/workloads': {
    statuses: '401 401 401 401 200 200',
    path: '/api/ml-platform/workloads?workloads=app-ml-team/ml-backend',
  },
  'GET /api/ml-platform/vulnerabilities': {
    statuses: '401 401 401 401 200 200',
  },
  'GET /api/ml-platform/vulnerabilities/:cve': {
    statuses: '401 401 401 401 404 200',
    path: '/api/ml-platform/vulnerabilities/CVE-2024-37052',
  },
  'POST /api/ml-platform/webhooks/forge': {
    statuses: '403 403 403 403 403 403',
    reason: 'the forge has no identity here: it signs its deliveries',
  },
  'GET /api/ml-platform/live': {
    statuses: '401 401 401 401 404 200',
    path: '/api/ml-platform/live?topics=team:app-ml-team',
    isStream: true,
  },
  'GET /api/ml-platform/cost': { statuses: '401 401 401 401 200 200' },
  'GET /api/ml-platform/dashboards': {
    statuses: '401 401 401 401 404 200',
    path: '/api/ml-platform/dashboards?tag=app-ml-team--ml-backend',
  },
  'GET /api/ml-platform/platform': { statuses: '401 401 401 401 200 200' },
  'POST /api/ml-platform/preview': {
    statuses: '401 401 401 401 403 200',
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
  'GET /api/ml-platform/runs': { statuses: '401 401 401 401 200 200' },
  'GET /api/ml-platform/groups': { statuses: '401 401 401 401 200 200' },
  'GET /api/ml-platform/groups/:group/team-names/:name': {
    statuses: '401 401 401 401 403 200',
    path: '/api/ml-platform/groups/app-ml-team/team-names/new-team',
  },
  'GET /api/ml-platform/teams': { statuses: '401 401 401 401 200 200' },
  'GET /api/ml-platform/teams/:team/runs': {
    statuses: '401 401 401 401 404 200',
    path: '/api/ml-platform/teams/app-ml-team/runs',
  },
  'GET /api/ml-platform/teams/:team/runs/:id': {
    statuses: '401 401 401 401 404 200',
    path: '/api/ml-platform/teams/app-ml-team/runs/{run}',
  },
  'GET /api/ml-platform/teams/:team/workloads': {
    statuses: '401 401 401 401 404 200',
    path: '/api/ml-platform/teams/app-ml-team/workloads',
  },
  'GET /api/ml-platform/teams/:team/workloads/:workload/answers': {
    statuses: '401 401 401 401 404 200',
    path: '/api/ml-platform/teams/app-ml-team/workloads/ml-backend/answers',
  },
  'GET /api/ml-platform/teams/:team/workloads/:workload/objects': {
    statuses: '401 401 401 401 404 200',
    path: '/api/ml-platform/teams/app-ml-team/workloads/ml-backend/objects?environment=dev',
  },
  'GET /api/ml-platform/teams/:team/workloads/:workload/deployments': {
    statuses: '401 401 401 401 404 200',
    path: '/api/ml-platform/teams/app-ml-team/workloads/ml-backend/deployments',
  },
  'GET /api/ml-platform/teams/:team/cost': {
    statuses: '401 401 401 401 404 200',
    path: '/api/ml-platform/teams/app-ml-team/cost',
  },
  'GET /api/ml-platform/teams/:team/quota': {
    statuses: '401 401 401 401 404 200',
    path: '/api/ml-platform/teams/app-ml-team/quota',
  },
  'GET /api/ml-platform/teams/:team/names/:name': {
    statuses: '401 401 401 401 403 200',
    path: '/api/ml-platform/teams/app-ml-team/names/new-service',
  },
  'GET /api/ml-platform/teams/:team/plan': {
    statuses: '401 401 401 401 404 200',
    path: '/api/ml-platform/teams/app-ml-team/plan',
  },
  'GET /api/ml-platform/teams/:team/workloads/:workload': {
    statuses: '401 401 401 401 404 200',
    path: '/api/ml-platform/teams/app-ml-team/workloads/feature-api',
  },
  'GET /api/ml-platform/teams/:team/workloads/:workload/findings': {
    statuses: '401 401 401 401 404 200',
    path: '/api/ml-platform/teams/app-ml-team/workloads/ml-backend/findings',
  },
};
