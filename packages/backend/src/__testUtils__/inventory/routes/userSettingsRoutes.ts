import type { ExpectedRoutes } from './ExpectedRoute';
import { authServiceRoutes } from './pluginRoutes';

export const userSettingsRoutes: ExpectedRoutes = {
  ...authServiceRoutes('user-settings'),
  'ALL /api/user-settings': {
    statuses: '401 401 401 401 404 404',
    path: '/api/user-settings/no-such-route',
  },
  'DELETE /api/user-settings/buckets/:bucket/keys/:key(*)': {
    statuses: '401 401 401 401 204 204',
    path: '/api/user-settings/buckets/b/keys/k',
  },
  'GET /api/user-settings/buckets/:bucket/keys/:key(*)': {
    statuses: '401 401 401 401 404 404',
    path: '/api/user-settings/buckets/b/keys/k',
  },
  'PUT /api/user-settings/buckets/:bucket/keys/:key(*)': {
    statuses: '401 401 401 401 200 200',
    path: '/api/user-settings/buckets/b/keys/k',
    body: { value: 'x' },
  },
  'POST /api/user-settings/multiget': {
    statuses: '401 401 401 401 200 200',
    body: { items: [{ bucket: 'b', key: 'k' }] },
  },
};
