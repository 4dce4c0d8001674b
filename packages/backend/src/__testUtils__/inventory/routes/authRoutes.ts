import type { ExpectedRoutes } from './ExpectedRoute';
import { authServiceRoutes, permissionMetadataRoutes } from './pluginRoutes';

export const authRoutes: ExpectedRoutes = {
  ...authServiceRoutes('auth'),
  ...permissionMetadataRoutes('auth'),
  'GET /api/auth/.backstage/actions/v1/status': {
    statuses: '401 401 401 401 403 403',
  },
  'ALL /api/auth': {
    statuses: '404 404 404 404 404 404',
    path: '/api/auth/no-such-route',
    reason: 'no such provider',
  },
  'GET /api/auth/.backstage/actions/v1/actions': {
    statuses: '200 401 401 401 200 200',
    reason: 'anonymous callers see that who-am-i exists, but cannot call it',
  },
  'POST /api/auth/.backstage/actions/v1/actions/:actionId/invoke': {
    statuses: '403 401 401 401 404 404',
    reason: 'anonymous callers see that who-am-i exists, but cannot call it',
  },
  'POST /api/auth/.backstage/actions/v2/actions/:actionId/invoke': {
    statuses: '403 401 401 401 404 404',
    reason: 'anonymous callers see that who-am-i exists, but cannot call it',
  },
  'DELETE /api/auth/.backstage/auth/v1/cookie': {
    statuses: '204 204 204 204 204 204',
    reason: 'deletes the cookie of the caller',
  },
  'GET /api/auth/.well-known/backstage/permissions/metadata': {
    statuses: '200 200 200 200 200 200',
    reason: 'the plugin has no permissions to list',
  },
  'GET /api/auth/.well-known/jwks.json': {
    statuses: '200 200 200 200 200 200',
    reason: 'public keys, for the verification of tokens',
  },
  'GET /api/auth/.well-known/oauth-client/cli.json': {
    statuses: '404 404 404 404 404 404',
    reason: 'metadata for sign-in',
  },
  'GET /api/auth/.well-known/openid-configuration': {
    statuses: '200 200 200 200 200 200',
    reason: 'metadata for sign-in',
  },
  'GET /api/auth/sandbox/handler/frame': {
    statuses: '501 501 501 501 501 501',
    reason: 'part of the sign-in protocol that personas do not use',
  },
  'POST /api/auth/sandbox/handler/frame': {
    statuses: '501 501 501 501 501 501',
    reason: 'part of the sign-in protocol that personas do not use',
  },
  'GET /api/auth/sandbox/refresh': {
    statuses: '401 401 401 401 401 401',
    path: '/api/auth/sandbox/refresh?persona=data-engineer',
  },
  'POST /api/auth/sandbox/refresh': { statuses: '401 401 401 401 401 401' },
  'GET /api/auth/sandbox/start': {
    statuses: '501 501 501 501 501 501',
    reason: 'part of the sign-in protocol that personas do not use',
  },
  'GET /api/auth/v1/userinfo': {
    statuses: '401 401 401 200 200 200',
    reason:
      'backends look up the owner of a cookie; callers see only themselves',
  },
};
