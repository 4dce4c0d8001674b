import type { ExpectedRoutes } from './ExpectedRoute';

/** The routes of Backstage's auth service, which every plugin has. */
export function authServiceRoutes(plugin: string): ExpectedRoutes {
  const path = `/api/${plugin}/.backstage/auth/v1`;
  return {
    [`DELETE ${path}/cookie`]: { statuses: '401 401 401 401 204 204' },
    [`GET ${path}/cookie`]: { statuses: '401 401 401 401 200 200' },
    [`GET ${path}/jwks.json`]: {
      statuses: '200 200 200 200 200 200',
      reason: 'public keys, for the verification of tokens',
    },
  };
}

/** The routes of a plugin with actions for agents. */
export function actionsRegistryRoutes(plugin: string): ExpectedRoutes {
  const path = `/api/${plugin}/.backstage/actions`;
  return {
    [`GET ${path}/v1/status`]: { statuses: '401 401 401 401 403 403' },
    [`GET ${path}/v1/actions`]: { statuses: '401 401 401 401 200 200' },
    [`POST ${path}/v1/actions/:actionId/invoke`]: {
      statuses: '401 401 401 401 404 404',
    },
    [`POST ${path}/v2/actions/:actionId/invoke`]: {
      statuses: '401 401 401 401 404 404',
    },
  };
}

/** The routes of a plugin with permissions. */
export function permissionMetadataRoutes(plugin: string): ExpectedRoutes {
  const path = `/api/${plugin}/.well-known/backstage/permissions`;
  return {
    [`POST ${path}/apply-conditions`]: { statuses: '401 401 401 401 403 403' },
    [`GET ${path}/metadata`]: { statuses: '401 401 401 401 200 200' },
  };
}
