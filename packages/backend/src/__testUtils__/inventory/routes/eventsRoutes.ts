import type { ExpectedRoutes } from './ExpectedRoute';
import { authServiceRoutes } from './pluginRoutes';

export const eventsRoutes: ExpectedRoutes = {
  ...authServiceRoutes('events'),
  'ALL /api/events': {
    statuses: '401 401 401 401 404 404',
    path: '/api/events/no-such-route',
  },
  'POST /api/events/bus/v1/events': {
    statuses: '401 401 401 401 403 403',
    body: { event: { topic: 'x', payload: {} } },
  },
  'PUT /api/events/bus/v1/subscriptions/:subscriptionId': {
    statuses: '401 401 401 401 403 403',
    path: '/api/events/bus/v1/subscriptions/x',
    body: { topics: ['x'] },
  },
  'GET /api/events/bus/v1/subscriptions/:subscriptionId/events': {
    statuses: '401 401 401 401 403 403',
    path: '/api/events/bus/v1/subscriptions/x/events',
  },
  'ALL /api/events/http': {
    statuses: '404 404 404 404 404 404',
    path: '/api/events/http/x',
    reason: 'does not exist',
  },
  'GET /api/events/openapi.json': { statuses: '401 401 401 401 200 200' },
};
