import type { ExpectedRoutes } from './ExpectedRoute';
import {
  actionsRegistryRoutes,
  authServiceRoutes,
  permissionMetadataRoutes,
} from './pluginRoutes';

export const scaffolderRoutes: ExpectedRoutes = {
  ...authServiceRoutes('scaffolder'),
  ...actionsRegistryRoutes('scaffolder'),
  ...permissionMetadataRoutes('scaffolder'),
  'ALL /api/scaffolder': {
    statuses: '401 401 401 401 404 404',
    path: '/api/scaffolder/no-such-route',
  },
  'GET /api/scaffolder/openapi.json': { statuses: '401 401 401 401 200 200' },
  'GET /api/scaffolder/v2/actions': { statuses: '401 401 401 401 200 200' },
  'POST /api/scaffolder/v2/autocomplete/:provider/:resource': {
    statuses: '401 401 401 401 400 400',
    path: '/api/scaffolder/v2/autocomplete/x/y',
    body: { token: 'x', context: {} },
  },
  'POST /api/scaffolder/v2/dry-run': {
    statuses: '401 401 401 401 403 403',
    body: { template: {}, values: {}, directoryContents: [] },
  },
  'GET /api/scaffolder/v2/tasks': { statuses: '401 401 401 401 200 200' },
  'POST /api/scaffolder/v2/tasks': {
    statuses: '401 401 401 401 404 404',
    body: { templateRef: 'template:default/none', values: {} },
  },
  'GET /api/scaffolder/v2/tasks/:taskId': {
    statuses: '401 401 401 401 404 200',
    path: '/api/scaffolder/v2/tasks/{task}',
  },
  'POST /api/scaffolder/v2/tasks/:taskId/cancel': {
    statuses: '401 401 401 401 404 200',
    path: '/api/scaffolder/v2/tasks/{task}/cancel',
  },
  'GET /api/scaffolder/v2/tasks/:taskId/events': {
    statuses: '401 401 401 401 404 200',
    path: '/api/scaffolder/v2/tasks/{task}/events',
  },
  'GET /api/scaffolder/v2/tasks/:taskId/eventstream': {
    statuses: '401 401 401 401 404 200',
    path: '/api/scaffolder/v2/tasks/{task}/eventstream',
    isStream: true,
  },
  'POST /api/scaffolder/v2/tasks/:taskId/retry': {
    statuses: '401 401 401 401 404 201',
    path: '/api/scaffolder/v2/tasks/{task}/retry',
  },
  'GET /api/scaffolder/v2/templates/:namespace/:kind/:name/parameter-schema': {
    statuses: '401 401 401 401 200 200',
    path: '/api/scaffolder/v2/templates/default/template/ml-service/parameter-schema',
  },
  'GET /api/scaffolder/v2/templating-extensions': {
    statuses: '401 401 401 401 200 200',
  },
};
