import type { ExpectedRoutes } from './ExpectedRoute';
import {
  actionsRegistryRoutes,
  authServiceRoutes,
  permissionMetadataRoutes,
} from './pluginRoutes';

/** PostgreSQL rejects ids that are not UUIDs. */
const NO_NOTIFICATION = '00000000-0000-4000-8000-000000000000';

export const notificationsRoutes: ExpectedRoutes = {
  ...authServiceRoutes('notifications'),
  ...actionsRegistryRoutes('notifications'),
  ...permissionMetadataRoutes('notifications'),
  'ALL /api/notifications': {
    statuses: '401 401 401 401 404 404',
    path: '/api/notifications/no/such/route',
  },
  'GET /api/notifications': { statuses: '401 401 401 401 200 200' },
  'POST /api/notifications': {
    statuses: '401 401 401 401 403 403',
    body: { recipients: { type: 'broadcast' }, payload: { title: 'x' } },
  },
  'GET /api/notifications/:id': {
    statuses: '401 401 401 401 404 404',
    path: `/api/notifications/${NO_NOTIFICATION}`,
  },
  'GET /api/notifications/notifications': {
    statuses: '401 401 401 401 200 200',
  },
  'POST /api/notifications/notifications': {
    statuses: '401 401 401 401 403 403',
    body: { recipients: { type: 'broadcast' }, payload: { title: 'x' } },
  },
  'GET /api/notifications/notifications/:id': {
    statuses: '401 401 401 401 404 404',
    path: `/api/notifications/notifications/${NO_NOTIFICATION}`,
  },
  'POST /api/notifications/notifications/update': {
    statuses: '401 401 401 401 200 200',
    body: { ids: [NO_NOTIFICATION], read: true },
  },
  'GET /api/notifications/openapi.json': {
    statuses: '401 401 401 401 200 200',
  },
  'GET /api/notifications/settings': { statuses: '401 401 401 401 200 200' },
  'POST /api/notifications/settings': {
    statuses: '401 401 401 401 200 200',
    body: {
      channels: [
        { id: 'Web', origins: [{ id: 'x', enabled: true, topics: [] }] },
      ],
    },
  },
  'GET /api/notifications/status': { statuses: '401 401 401 401 200 200' },
  'GET /api/notifications/topics': { statuses: '401 401 401 401 200 200' },
  'POST /api/notifications/update': {
    statuses: '401 401 401 401 200 200',
    body: { ids: [NO_NOTIFICATION], read: true },
  },
};
