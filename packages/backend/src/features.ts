/** The features of the backend. */
export const features = [
  import('./health'),
  import('./rootHttpRouter'),
  import('./scheduler'),

  import('@backstage/plugin-app-backend'),

  import('@backstage/plugin-auth-backend'),
  // Each is off without its section in `auth.providers`.
  import('@backstage/plugin-auth-backend-module-oidc-provider'),
  import('@backstage/plugin-auth-backend-module-github-provider'),
  import('@internal/plugin-auth-backend-module-sandbox'),

  import('@backstage/plugin-permission-backend'),
  import('@internal/plugin-permission-backend-module-ml-platform'),

  import('@backstage/plugin-catalog-backend'),
  import('@backstage/plugin-catalog-backend-module-logs'),
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
  import('@internal/plugin-catalog-backend-module-ml-platform'),

  import('@backstage/plugin-scaffolder-backend'),
  import('@backstage/plugin-scaffolder-backend-module-notifications'),
  import('@internal/plugin-scaffolder-backend-module-ml-platform'),

  import('@backstage/plugin-kubernetes-backend'),
  import('@internal/plugin-kubernetes-backend-module-ml-platform'),

  import('@internal/plugin-ml-platform-backend'),
  import('@internal/plugin-argocd-backend'),

  import('@backstage/plugin-search-backend'),
  import('@backstage/plugin-search-backend-module-pg'),
  import('@backstage/plugin-search-backend-module-catalog'),

  import('@backstage/plugin-techdocs-backend'),
  import('@backstage/plugin-events-backend'),
  import('@backstage/plugin-notifications-backend'),
  import('@backstage/plugin-signals-backend'),
  import('@backstage/plugin-user-settings-backend'),
  import('./userSettings/storageQuota'),
];
