import { ApiFixture } from '../__testUtils__/ApiFixture';

const WEB = '/apis/apps/v1/namespaces/team/deployments/web';
const POD = '/api/v1/namespaces/team/pods/p';
const NOTHING_RUNS =
  'The sandbox runs no containers, so you cannot execute commands in them. Read their simulated output with "kubectl logs"';

describe('refused requests', () => {
  let api: ApiFixture;
  beforeAll(async () => {
    api = await ApiFixture.start();
  });
  afterAll(() => api.stop());

  it.each<[string, string, object | undefined, string]>([
    [
      'PATCH',
      `${WEB}/scale`,
      { spec: { replicas: 5 } },
      'To scale, edit replicas in the manifest of the workload',
    ],
    [
      'PATCH',
      WEB,
      { spec: { replicas: 5 } },
      'To scale, edit replicas in the manifest of the workload',
    ],
    [
      'PATCH',
      WEB,
      {
        spec: {
          template: {
            metadata: {
              annotations: { 'kubectl.kubernetes.io/restartedAt': 'now' },
            },
          },
        },
      },
      'To restart the pods, change their template in the manifest of the workload, for example an annotation',
    ],
    [
      'PATCH',
      WEB,
      { spec: { template: { spec: { containers: [{ image: 'x' }] } } } },
      'To deploy another image, edit images in the kustomization of the overlay',
    ],
    [
      'PATCH',
      WEB,
      { metadata: { labels: { a: 'b' } } },
      'To change labels or annotations, edit the metadata in the manifest of the object',
    ],
    ['PUT', WEB, {}, 'To change an object, edit its manifest'],
    [
      'DELETE',
      WEB,
      undefined,
      'To delete an object, remove its file and its line in the kustomization',
    ],
    ['POST', `${POD}/exec`, undefined, NOTHING_RUNS],
    ['GET', `${POD}/exec`, undefined, NOTHING_RUNS],
    ['POST', `${POD}/attach`, undefined, NOTHING_RUNS],
    [
      'POST',
      `${POD}/portforward`,
      undefined,
      'The sandbox runs no containers, so no port answers',
    ],
    [
      'GET',
      `${POD}/proxy/a/b`,
      undefined,
      'The sandbox runs no containers, so no port answers',
    ],
    [
      'POST',
      `${POD}/eviction`,
      {},
      'To move or stop pods, change their workload in its manifest: nodes are simulated and cannot be drained',
    ],
    [
      'PATCH',
      '/api/v1/nodes/n',
      { spec: { unschedulable: true } },
      'Nodes are simulated and cannot be changed, cordoned or drained',
    ],
    [
      'PATCH',
      '/apis/batch/v1/namespaces/team/cronjobs/c',
      { spec: { suspend: true } },
      'To suspend or resume, edit suspend in the manifest',
    ],
  ])('%s %s says what to do in Git', async (method, path, body, hint) => {
    const response = await fetch(api.url + path, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    });
    const status = await response.json();
    expect(status).toMatchObject({
      kind: 'Status',
      status: 'Failure',
      reason: 'Forbidden',
      code: 403,
    });
    expect(status.message).toMatch(/^[a-z.]+ "\w+" is forbidden: /);
    expect(status.message.split(' is forbidden: ')[1]).toBe(
      `this is the sandbox, which is read-only because Argo CD applies all objects from Git. ${hint}. ` +
        'Clone the platform repository with "git clone http://127.0.0.1:7010/acme/platform.git", push a branch and open a pull request',
    );
  });

  it('name the object that is created, also in a dry run', async () => {
    const response = await fetch(
      `${api.url}/api/v1/namespaces/team/configmaps?dryRun=All`,
      { method: 'POST', body: '{"metadata": {"name": "new"}}' },
    );
    expect(await response.json()).toMatchObject({
      message: expect.stringMatching(
        /^configmaps "new" is forbidden: .* Server-side dry runs are refused as well: "kubectl diff" shows what a manifest would change\. Clone /,
      ),
      details: { name: 'new', kind: 'configmaps' },
    });
  });
});
