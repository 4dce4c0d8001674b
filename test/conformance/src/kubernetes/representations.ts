import type { Assertions } from '../Suite';
import type { KubernetesObject } from '../targets/KubernetesObject';

const NAMESPACE = '/api/v1/namespaces/team-a-dev';

/** The Accept header of Go's metadata client. */
const accept = (as: string) =>
  `application/json;as=${as};g=meta.k8s.io;v=v1,application/json`;

/** Other forms and versions of objects, and the objects that each cluster has. */
export const representations: Assertions = suite => {
  const get = <T = KubernetesObject>(path: string, header?: string) =>
    suite.target.kubernetes.get<T>(path, { accept: header });

  suite.assert('an object and a list of metadata alone', async () => {
    const { body: object } = await get(
      NAMESPACE,
      accept('PartialObjectMetadata'),
    );
    expect(object).toMatchObject({
      kind: 'PartialObjectMetadata',
      apiVersion: 'meta.k8s.io/v1',
      metadata: { name: 'team-a-dev' },
    });
    expect(object.status).toBeUndefined();
    const { body: list } = await get<{ items: KubernetesObject[] }>(
      '/api/v1/namespaces',
      accept('PartialObjectMetadataList'),
    );
    expect(list).toMatchObject({ kind: 'PartialObjectMetadataList' });
    expect(list.items.map(({ kind }) => kind)).toContain(
      'PartialObjectMetadata',
    );
  });

  suite.assert('the scale of a Deployment', async () => {
    const { body } = await get(
      '/apis/apps/v1/namespaces/team-a-dev/deployments/web/scale',
    );
    expect(body).toMatchObject({
      kind: 'Scale',
      apiVersion: 'autoscaling/v1',
      metadata: { name: 'web', namespace: 'team-a-dev' },
      spec: { replicas: expect.any(Number) },
      status: { selector: 'app=web' },
    });
  });

  suite.assert('events of their own group', async () => {
    const { body } = await get<{ items: Array<Record<string, unknown>> }>(
      '/apis/events.k8s.io/v1/namespaces/team-a-dev/events',
    );
    expect(body.items[0]).toMatchObject({
      regarding: expect.any(Object),
      note: expect.any(String),
      reason: expect.any(String),
    });
  });

  suite.assert('the endpoints of a Service', async () => {
    const slices = await suite.target.kubernetes.settledList(
      '/apis/discovery.k8s.io/v1/namespaces/team-a-dev/endpointslices',
      { labelSelector: 'kubernetes.io/service-name=web' },
      items => items.length > 0,
    );
    expect(slices[0]).toMatchObject({
      addressType: 'IPv4',
      metadata: {
        labels: {
          'endpointslice.kubernetes.io/managed-by':
            'endpointslice-controller.k8s.io',
        },
        ownerReferences: [{ kind: 'Service', name: 'web' }],
      },
    });
    expect((await get(`${NAMESPACE}/endpoints/web`)).body).toMatchObject({
      kind: 'Endpoints',
    });
  });

  suite.assert('the objects of each namespace and cluster', async () => {
    const accounts = `${NAMESPACE}/serviceaccounts/default`;
    expect((await get(accounts)).status).toBe(200);
    const { body } = await get<{ data: Record<string, string> }>(
      `${NAMESPACE}/configmaps/kube-root-ca.crt`,
    );
    expect(Object.keys(body.data)).toEqual(['ca.crt']);
    const critical =
      '/apis/scheduling.k8s.io/v1/priorityclasses/system-node-critical';
    expect((await get(critical)).body).toMatchObject({ value: 2000001000 });
    const { body: classes } = await get<{ items: KubernetesObject[] }>(
      '/apis/storage.k8s.io/v1/storageclasses',
    );
    expect(classes.items.map(({ metadata }) => metadata.name)).toContain(
      'standard',
    );
  });

  suite.assert('OpenAPI v3 documents with field validation', async () => {
    const { body: index } = await get<{
      paths: Record<string, { serverRelativeURL: string }>;
    }>('/openapi/v3');
    const { serverRelativeURL } = index.paths['apis/apps/v1'];
    const { body } = await get<{
      paths: Record<string, { patch: { parameters: Array<{ name: string }> } }>;
      components: { schemas: Record<string, unknown> };
    }>(serverRelativeURL);
    const path = '/apis/apps/v1/namespaces/{namespace}/deployments/{name}';
    expect(body.paths[path].patch.parameters).toContainEqual(
      expect.objectContaining({ name: 'fieldValidation', in: 'query' }),
    );
    expect(
      body.components.schemas['io.k8s.api.apps.v1.Deployment'],
    ).toMatchObject({
      'x-kubernetes-group-version-kind': [
        { group: 'apps', version: 'v1', kind: 'Deployment' },
      ],
    });
  });
};
