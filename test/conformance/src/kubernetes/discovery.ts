import type { Assertions } from '../Suite';

/** The types that the portal reads: group and version, plural, kind, namespaced or not. */
const TYPES: Array<[string, string, string, boolean]> = [
  ['v1', 'namespaces', 'Namespace', false],
  ['v1', 'nodes', 'Node', false],
  ['v1', 'pods', 'Pod', true],
  ['v1', 'services', 'Service', true],
  ['v1', 'configmaps', 'ConfigMap', true],
  ['v1', 'events', 'Event', true],
  ['v1', 'limitranges', 'LimitRange', true],
  ['v1', 'resourcequotas', 'ResourceQuota', true],
  ['v1', 'persistentvolumeclaims', 'PersistentVolumeClaim', true],
  ['apps/v1', 'deployments', 'Deployment', true],
  ['apps/v1', 'replicasets', 'ReplicaSet', true],
  ['apps/v1', 'statefulsets', 'StatefulSet', true],
  ['apps/v1', 'daemonsets', 'DaemonSet', true],
  ['batch/v1', 'jobs', 'Job', true],
  ['batch/v1', 'cronjobs', 'CronJob', true],
  [
    'autoscaling/v2',
    'horizontalpodautoscalers',
    'HorizontalPodAutoscaler',
    true,
  ],
  ['networking.k8s.io/v1', 'ingresses', 'Ingress', true],
  ['argoproj.io/v1alpha1', 'applications', 'Application', true],
  [
    'aquasecurity.github.io/v1alpha1',
    'vulnerabilityreports',
    'VulnerabilityReport',
    true,
  ],
];

const AGGREGATED =
  'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

interface Resource {
  name: string;
  singularName: string;
  kind: string;
  namespaced: boolean;
  verbs: string[];
  shortNames?: string[];
}

/** Discovery documents of the API server. */
export const discovery: Assertions = suite => {
  const get = <T>(path: string, accept?: string) =>
    suite.target.kubernetes.get<T>(path, { accept });

  suite.assert('the version of the server', async () => {
    const { status, body } = await get('/version');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      major: '1',
      minor: '36',
      gitVersion: expect.stringMatching(/^v1\.36\.\d+$/),
      platform: 'linux/amd64',
    });
  });

  suite.assert('the server is ready and alive', async () => {
    for (const path of ['/readyz', '/livez', '/healthz']) {
      const { status, text } = await get(path);
      expect({ path, status, text }).toEqual({ path, status: 200, text: 'ok' });
    }
  });

  suite.assert(
    'every type that the portal reads supports get, list and watch',
    async () => {
      for (const [version, plural, kind, namespaced] of TYPES) {
        const path = version === 'v1' ? '/api/v1' : `/apis/${version}`;
        const { body } = await get<{ resources: Resource[] }>(path);
        const type = body.resources.find(({ name }) => name === plural);
        expect(type).toMatchObject({
          kind,
          namespaced,
          singularName: kind.toLowerCase(),
          verbs: expect.arrayContaining(['get', 'list', 'watch']),
        });
      }
    },
  );

  suite.assert('groups are listed with the preferred version', async () => {
    const { body } = await get<{
      kind: string;
      groups: Array<{ name: string; preferredVersion: { version: string } }>;
    }>('/apis');
    expect(body.kind).toBe('APIGroupList');
    const preferred = Object.fromEntries(
      body.groups.map(group => [group.name, group.preferredVersion.version]),
    );
    expect(preferred).toMatchObject({
      apps: 'v1',
      batch: 'v1',
      autoscaling: 'v2',
      'argoproj.io': 'v1alpha1',
      'aquasecurity.github.io': 'v1alpha1',
    });
  });

  suite.assert('aggregated discovery lists the same types', async () => {
    const { contentType, body } = await get<{
      items: Array<{
        metadata: { name?: string };
        versions: Array<{
          version: string;
          resources: Array<{
            resource: string;
            scope: string;
            responseKind: { kind: string };
            verbs: string[];
          }>;
        }>;
      }>;
    }>('/apis', AGGREGATED);
    expect(contentType).toContain('as=APIGroupDiscoveryList');
    const apps = body.items.find(({ metadata }) => metadata.name === 'apps');
    const deployments = apps?.versions
      .find(({ version }) => version === 'v1')
      ?.resources.find(({ resource }) => resource === 'deployments');
    expect(deployments).toMatchObject({
      scope: 'Namespaced',
      responseKind: { kind: 'Deployment' },
      verbs: expect.arrayContaining(['get', 'list', 'watch']),
    });
  });

  suite.assert('an unknown group has no discovery document', async () => {
    const { status, text } = await get('/apis/missing.example.com/v1');
    expect({ status, text }).toEqual({
      status: 404,
      text: '404 page not found\n',
    });
  });

  suite.assert('kubectl receives tables', async () => {
    const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io';
    const columns = async (path: string) => {
      const { body } = await get<{
        kind: string;
        columnDefinitions: Array<{ name: string }>;
      }>(path, accept);
      expect(body.kind).toBe('Table');
      return body.columnDefinitions.map(({ name }) => name);
    };
    const namespace = '/api/v1/namespaces/team-a-dev';
    expect(await columns(`${namespace}/pods`)).toEqual([
      'Name',
      'Ready',
      'Status',
      'Restarts',
      'Age',
      'IP',
      'Node',
      'Nominated Node',
      'Readiness Gates',
    ]);
    expect(await columns('/apis/argoproj.io/v1alpha1/applications')).toEqual([
      'Name',
      'Sync Status',
      'Health Status',
      'Revision',
      'Project',
    ]);
    const apps = '/apis/apps/v1/namespaces/team-a-dev';
    expect(await columns(`${apps}/deployments`)).toEqual([
      'Name',
      'Ready',
      'Up-to-date',
      'Available',
      'Age',
      'Containers',
      'Images',
      'Selector',
    ]);
    expect(await columns('/apis/batch/v1/jobs')).toEqual([
      'Name',
      'Status',
      'Completions',
      'Duration',
      'Age',
      'Containers',
      'Images',
      'Selector',
    ]);
    expect(await columns('/api/v1/resourcequotas')).toEqual([
      'Name',
      'Request',
      'Limit',
      'Age',
    ]);
  });
};
