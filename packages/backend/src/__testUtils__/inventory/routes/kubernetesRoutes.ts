import type { ExpectedRoutes } from './ExpectedRoute';
import {
  actionsRegistryRoutes,
  authServiceRoutes,
  permissionMetadataRoutes,
} from './pluginRoutes';

export const kubernetesRoutes: ExpectedRoutes = {
  ...authServiceRoutes('kubernetes'),
  ...actionsRegistryRoutes('kubernetes'),
  ...permissionMetadataRoutes('kubernetes'),
  'ALL /api/kubernetes': {
    statuses: '401 401 401 401 404 404',
    path: '/api/kubernetes/no-such-route',
  },
  'GET /api/kubernetes/clusters': { statuses: '401 401 401 401 200 200' },
  'ALL /api/kubernetes/proxy': {
    statuses: '401 401 401 401 403 403',
    path: '/api/kubernetes/proxy/api/v1/namespaces/app-ml-team-dev/pods',
  },
  'POST /api/kubernetes/resources/custom/query': {
    statuses: '401 401 401 401 200 200',
    body: {
      entityRef: 'component:default/ml-backend',
      auth: {},
      customResources: [
        { group: 'apps', apiVersion: 'v1', plural: 'deployments' },
      ],
    },
  },
  'POST /api/kubernetes/resources/workloads/query': {
    statuses: '401 401 401 401 200 200',
    body: { entityRef: 'component:default/ml-backend', auth: {} },
  },
  'POST /api/kubernetes/services/:serviceId': {
    statuses: '401 401 401 401 200 200',
    path: '/api/kubernetes/services/component:default%2Fml-backend',
    body: {
      entity: { kind: 'Component', metadata: { name: 'ml-backend' } },
      auth: {},
    },
  },
};
