import type { ExpectedRoutes } from './ExpectedRoute';

export const appRoutes: ExpectedRoutes = {
  'GET /*': {
    statuses: '200 200 200 200 200 200',
    reason: 'the files of the app, which contains the sign-in page',
  },
  'DELETE /.backstage/auth/v1/cookie': {
    statuses: '204 204 204 204 204 204',
    reason: 'deletes the cookie of the caller',
  },
  'GET /.backstage/auth/v1/cookie': { statuses: '401 401 401 401 200 200' },
  'GET /.backstage/auth/v1/jwks.json': {
    statuses: '200 200 200 200 200 200',
    reason: 'public keys, for the verification of tokens',
  },
  'GET /.backstage/health/v1/liveness': {
    statuses: '200 200 200 200 200 200',
    reason: 'probes have no identity, and the response is only ok',
  },
  'GET /.backstage/health/v1/readiness': {
    statuses: '200 200 200 200 200 200',
    reason: 'probes have no identity, and the response is only ok',
  },
  'ALL /api/devtools': {
    statuses: '404 404 404 404 404 404',
    path: '/api/devtools/config',
    reason: 'does not exist',
  },
  'ALL /api/nothing': {
    statuses: '404 404 404 404 404 404',
    path: '/api/nothing',
    reason: 'does not exist',
  },
  'ALL /api/proxy': {
    statuses: '404 404 404 404 404 404',
    path: '/api/proxy/grafana/api/search',
    reason: 'does not exist',
  },
  'ALL /nothing': {
    statuses: '200 200 200 200 200 200',
    path: '/nothing',
    reason: 'the files of the app, which contains the sign-in page',
  },
  'ALL /api/app': {
    statuses: '200 200 200 200 200 200',
    path: '/api/app/no-such-route',
    reason: 'the files of the app, which contains the sign-in page',
  },
  'GET /api/app/*': {
    statuses: '200 200 200 200 200 200',
    reason: 'the files of the app, which contains the sign-in page',
  },
  'DELETE /api/app/.backstage/auth/v1/cookie': {
    statuses: '204 204 204 204 204 204',
    reason: 'deletes the cookie of the caller',
  },
  'GET /api/app/.backstage/auth/v1/cookie': {
    statuses: '401 401 401 401 200 200',
  },
  'GET /api/app/.backstage/auth/v1/jwks.json': {
    statuses: '200 200 200 200 200 200',
    reason: 'public keys, for the verification of tokens',
  },
};
