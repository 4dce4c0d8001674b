import type { ExpectedRoutes } from './ExpectedRoute';
import { authServiceRoutes } from './pluginRoutes';

export const argocdRoutes: ExpectedRoutes = {
  ...authServiceRoutes('argocd'),
  'ALL /api/argocd': {
    statuses: '401 401 401 401 404 404',
    path: '/api/argocd/no-such-route',
  },
  'GET /api/argocd/argoInstance/:instance/applications/name/:name': {
    statuses: '401 401 401 401 404 200',
    path: '/api/argocd/argoInstance/argocd/applications/name/app-ml-team--ml-backend--dev',
  },
  'GET /api/argocd/argoInstance/:instance/applications/name/:name/revisions/:revision/metadata':
    {
      statuses: '401 401 401 401 404 200',
      path: '/api/argocd/argoInstance/argocd/applications/name/app-ml-team--ml-backend--dev/revisions/{revision}/metadata',
    },
  'GET /api/argocd/argoInstance/:instance/applications/selector/:selector': {
    statuses: '401 401 401 401 200 200',
    path: '/api/argocd/argoInstance/argocd/applications/selector/ml-platform.io%2Fteam%3Dapp-ml-team',
  },
  'GET /api/argocd/find/name/:name': {
    statuses: '401 401 401 401 200 200',
    path: '/api/argocd/find/name/app-ml-team--ml-backend--dev',
  },
  'GET /api/argocd/find/selector/:selector': {
    statuses: '401 401 401 401 200 200',
    path: '/api/argocd/find/selector/ml-platform.io%2Fteam%3Dapp-ml-team',
  },
};
