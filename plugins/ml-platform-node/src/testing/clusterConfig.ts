/** Creates the section `kubernetes` of app-config with one cluster. */
export function clusterConfig(name: string, url: string) {
  return {
    serviceLocatorMethod: { type: 'multiTenant' },
    clusterLocatorMethods: [
      {
        type: 'config',
        clusters: [
          {
            name,
            url,
            authProvider: 'serviceAccount',
            serviceAccountToken: 'a-token',
            skipTLSVerify: true,
            skipMetricsLookup: true,
          },
        ],
      },
    ],
  };
}
