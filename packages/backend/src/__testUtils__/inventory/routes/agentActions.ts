import type { ExpectedRoutes } from './ExpectedRoute';

/** Actions of the actions registry, which agents call; `body` is the input. */
export const ACTIONS: ExpectedRoutes = {
  'auth:who-am-i': {
    statuses: '403 401 401 401 200 200',
    body: {},
    reason:
      'the action itself rejects the call: the plugin also serves sign-in',
  },
  'catalog:get-catalog-entity': {
    statuses: '401 401 401 401 200 200',
    body: { name: 'ml-backend' },
  },
  'catalog:get-catalog-model-description': {
    statuses: '401 401 401 401 200 200',
    body: {},
  },
  'catalog:query-catalog-entities': {
    statuses: '401 401 401 401 200 200',
    body: {},
  },
  'catalog:refresh-catalog-entity': {
    statuses: '401 401 401 401 403 200',
    body: { kind: 'component', name: 'ml-backend' },
  },
  'catalog:register-entity': {
    statuses: '401 401 401 401 403 403',
    body: { locationUrl: 'http://forge.example.com/catalog-info.yaml' },
  },
  'catalog:unregister-entity': {
    statuses: '401 401 401 401 403 403',
    body: { type: { locationId: 'x' } },
  },
  'catalog:validate-entity': {
    statuses: '401 401 401 401 403 403',
    body: {
      entity:
        'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: x }\nspec: { type: service, lifecycle: production, owner: x }',
      location: 'url:http://forge.example.com',
    },
  },
  'kubernetes:get-kubernetes-clusters': {
    statuses: '401 401 401 401 200 200',
    body: {},
  },
  'kubernetes:get-kubernetes-resources-for-entity': {
    statuses: '401 401 401 401 200 200',
    body: { name: 'ml-backend' },
  },
  'notifications:get-notifications': {
    statuses: '401 401 401 401 200 200',
    body: { view: 'all' },
  },
  'scaffolder:execute-template': {
    statuses: '401 401 401 401 500 500',
    body: { templateRef: 'template:default/none', values: {} },
  },
  'scaffolder:get-scaffolder-task-logs': {
    statuses: '401 401 401 401 404 400',
    body: { taskId: '{task}' },
  },
  'scaffolder:list-scaffolder-actions': {
    statuses: '401 401 401 401 200 200',
    body: {},
  },
  'scaffolder:list-scaffolder-tasks': {
    statuses: '401 401 401 401 200 200',
    body: {},
  },
  'search:query': { statuses: '401 401 401 401 200 200', body: { term: 'ml' } },
};
