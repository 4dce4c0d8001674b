import type { ExpectedRoutes } from './ExpectedRoute';
import {
  actionsRegistryRoutes,
  authServiceRoutes,
  permissionMetadataRoutes,
} from './pluginRoutes';

export const searchRoutes: ExpectedRoutes = {
  ...authServiceRoutes('search'),
  ...actionsRegistryRoutes('search'),
  ...permissionMetadataRoutes('search'),
  'ALL /api/search': {
    statuses: '401 401 401 401 404 404',
    path: '/api/search/no-such-route',
  },
  'GET /api/search/openapi.json': { statuses: '401 401 401 401 200 200' },
  'GET /api/search/query': {
    statuses: '401 401 401 401 200 200',
    path: '/api/search/query?term=ml',
  },
};
