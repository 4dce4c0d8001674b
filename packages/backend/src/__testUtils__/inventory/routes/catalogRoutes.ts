import type { ExpectedRoutes } from './ExpectedRoute';
import {
  actionsRegistryRoutes,
  authServiceRoutes,
  permissionMetadataRoutes,
} from './pluginRoutes';

export const catalogRoutes: ExpectedRoutes = {
  ...authServiceRoutes('catalog'),
  ...actionsRegistryRoutes('catalog'),
  ...permissionMetadataRoutes('catalog'),
  'ALL /api/catalog': {
    statuses: '401 401 401 401 404 404',
    path: '/api/catalog/no-such-route',
  },
  'POST /api/catalog/analyze-location': {
    statuses: '401 401 401 401 403 403',
    body: {
      location: {
        type: 'url',
        target: 'http://forge.example.com/catalog-info.yaml',
      },
    },
  },
  'GET /api/catalog/entities': { statuses: '401 401 401 401 200 200' },
  'GET /api/catalog/entities/by-name/:kind/:namespace/:name': {
    statuses: '401 401 401 401 200 200',
    path: '/api/catalog/entities/by-name/component/default/ml-backend',
  },
  'GET /api/catalog/entities/by-name/:kind/:namespace/:name/ancestry': {
    statuses: '401 401 401 401 200 200',
    path: '/api/catalog/entities/by-name/component/default/ml-backend/ancestry',
  },
  'GET /api/catalog/entities/by-query': { statuses: '401 401 401 401 200 200' },
  'POST /api/catalog/entities/by-query': {
    statuses: '401 401 401 401 200 200',
    body: {},
  },
  'POST /api/catalog/entities/by-refs': {
    statuses: '401 401 401 401 200 200',
    body: { entityRefs: ['component:default/ml-backend'] },
  },
  'DELETE /api/catalog/entities/by-uid/:uid': {
    statuses: '401 401 401 401 403 403',
    path: '/api/catalog/entities/by-uid/x',
  },
  'GET /api/catalog/entities/by-uid/:uid': {
    statuses: '401 401 401 401 200 200',
    path: '/api/catalog/entities/by-uid/{uid}',
  },
  'GET /api/catalog/entity-facets': {
    statuses: '401 401 401 401 200 200',
    path: '/api/catalog/entity-facets?facet=kind',
  },
  'POST /api/catalog/entity-facets': {
    statuses: '401 401 401 401 200 200',
    body: { facets: ['kind'] },
  },
  'GET /api/catalog/locations': { statuses: '401 401 401 401 200 200' },
  'POST /api/catalog/locations': {
    statuses: '401 401 401 401 403 403',
    path: '/api/catalog/locations?dryRun=true',
    body: { type: 'url', target: 'http://forge.example.com/catalog-info.yaml' },
  },
  'DELETE /api/catalog/locations/:id': {
    statuses: '401 401 401 401 403 403',
    path: '/api/catalog/locations/x',
  },
  'GET /api/catalog/locations/:id': {
    statuses: '401 401 401 401 404 404',
    path: '/api/catalog/locations/x',
  },
  'PUT /api/catalog/locations/:id': {
    statuses: '401 401 401 401 403 403',
    path: '/api/catalog/locations/x',
    body: { type: 'url', target: 'http://forge.example.com/catalog-info.yaml' },
  },
  'GET /api/catalog/locations/by-entity/:kind/:namespace/:name': {
    statuses: '401 401 401 401 404 404',
    path: '/api/catalog/locations/by-entity/component/default/ml-backend',
  },
  'POST /api/catalog/locations/by-query': {
    statuses: '401 401 401 401 200 200',
  },
  'GET /api/catalog/openapi.json': { statuses: '401 401 401 401 200 200' },
  'POST /api/catalog/refresh': {
    statuses: '401 401 401 401 403 200',
    body: { entityRef: 'component:default/ml-backend' },
  },
  'POST /api/catalog/validate-entity': {
    statuses: '401 401 401 401 403 403',
    body: {
      location: 'url:http://forge.example.com',
      entity: {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: { name: 'x' },
        spec: { type: 'service', lifecycle: 'production', owner: 'x' },
      },
    },
  },
};
