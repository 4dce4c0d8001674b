import { ApiFixture } from '../../__testUtils__/ApiFixture';

describe('OpenAPI v3', () => {
  let api: ApiFixture;
  beforeAll(async () => {
    api = await ApiFixture.start();
  });
  afterAll(() => api.stop());

  it('has a document for each group and version', async () => {
    const { body: index } = await api.get('/openapi/v3');
    expect(index.paths['apis/apps/v1']).toEqual({
      serverRelativeURL: '/openapi/v3/apis/apps/v1',
    });
    for (const { serverRelativeURL } of Object.values<{
      serverRelativeURL: string;
    }>(index.paths)) {
      const { body } = await api.get(serverRelativeURL);
      expect(body.openapi).toBe('3.0.0');
      const schemas = Object.keys(body.components.schemas);
      const references = [
        ...JSON.stringify(body).matchAll(/"#\/components\/schemas\/([^"]+)"/g),
      ].map(([, name]) => name);
      expect(references.filter(name => !schemas.includes(name))).toEqual([]);
    }
    expect(await api.get('/openapi/v3/apis/example.com/v1')).toMatchObject({
      status: 404,
    });
  });

  it('describes fields for kubectl explain', async () => {
    const { body } = await api.get('/openapi/v3/apis/apps/v1');
    const { schemas } = body.components;
    expect(schemas['io.k8s.api.apps.v1.Deployment']).toMatchObject({
      'x-kubernetes-group-version-kind': [
        { group: 'apps', version: 'v1', kind: 'Deployment' },
      ],
      properties: {
        spec: {
          allOf: [
            { $ref: '#/components/schemas/io.k8s.api.apps.v1.DeploymentSpec' },
          ],
          description:
            'Specification of the desired behavior of the Deployment.',
        },
      },
    });
    const { properties, required } =
      schemas['io.k8s.api.apps.v1.DeploymentSpec'];
    expect(required).toEqual(['selector', 'template']);
    expect(properties.replicas).toMatchObject({ type: 'integer' });
    expect(properties.replicas.description).toMatch(
      /^Number of desired pods\./,
    );
  });

  it('says that the server validates fields, so that kubectl sends what it applies', async () => {
    const { body } = await api.get('/openapi/v3/api/v1');
    const { patch } =
      body.paths['/api/v1/namespaces/{namespace}/configmaps/{name}'];
    expect(patch['x-kubernetes-group-version-kind']).toEqual({
      group: '',
      version: 'v1',
      kind: 'ConfigMap',
    });
    expect(patch.parameters.map(({ name }: { name: string }) => name)).toEqual([
      'dryRun',
      'fieldManager',
      'fieldValidation',
      'force',
    ]);
  });
});
