import type { ExpectedRoutes } from './ExpectedRoute';
import { authServiceRoutes } from './pluginRoutes';

export const permissionRoutes: ExpectedRoutes = {
  ...authServiceRoutes('permission'),
  'ALL /api/permission': {
    statuses: '401 401 401 401 404 404',
    path: '/api/permission/no-such-route',
  },
  'POST /api/permission/authorize': {
    statuses: '401 401 401 401 200 200',
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
    statuses: '200 200 200 200 200 200',
    reason: 'probes have no identity, and the response is only ok',
  },
};
