import type { ExpectedRoutes } from './ExpectedRoute';
import {
  actionsRegistryRoutes,
  authServiceRoutes,
  permissionMetadataRoutes,
} from './pluginRoutes';

export const techdocsRoutes: ExpectedRoutes = {
  ...authServiceRoutes('techdocs'),
  ...actionsRegistryRoutes('techdocs'),
  ...permissionMetadataRoutes('techdocs'),
  'ALL /api/techdocs': {
    statuses: '401 401 401 401 404 404',
    path: '/api/techdocs/no-such-route',
  },
  'GET /api/techdocs/metadata/entity/:namespace/:kind/:name': {
    statuses: '401 401 401 401 404 404',
    path: '/api/techdocs/metadata/entity/default/component/ml-backend',
  },
  'GET /api/techdocs/metadata/techdocs/:namespace/:kind/:name': {
    statuses: '401 401 401 401 404 404',
    path: '/api/techdocs/metadata/techdocs/default/component/ml-backend',
  },
  'ALL /api/techdocs/static/docs': {
    statuses: '401 401 401 404 404 404',
    path: '/api/techdocs/static/docs/default/component/ml-backend/index.html',
    reason: 'pages load images and styles with the cookie',
  },
  'GET /api/techdocs/sync/:namespace/:kind/:name': {
    statuses: '401 401 401 401 200 200',
    path: '/api/techdocs/sync/default/component/ml-backend',
  },
};
