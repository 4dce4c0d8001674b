import type { ExpectedRoutes } from './ExpectedRoute';
import { authServiceRoutes } from './pluginRoutes';

export const signalsRoutes: ExpectedRoutes = {
  ...authServiceRoutes('signals'),
  'ALL /api/signals': {
    statuses: '401 401 401 401 404 404',
    path: '/api/signals',
    reason:
      'requests for a web socket are rejected earlier: see the test of web sockets',
  },
  'ALL /api/signals/*': {
    statuses: '401 401 401 401 404 404',
    path: '/api/signals/no-such-route',
    reason:
      'requests for a web socket are rejected earlier: see the test of web sockets',
  },
  'DELETE /api/signals/.backstage/auth/v1/cookie': {
    statuses: '401 401 401 401 204 204',
    reason: 'deletes the cookie of the caller',
  },
  'GET /api/signals/health': {
    statuses: '200 200 200 200 200 200',
    reason: 'probes have no identity, and the response is only ok',
  },
};
