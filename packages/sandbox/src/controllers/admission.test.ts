import { deploymentManifest, jobManifest } from '../__testUtils__/manifests';
import { TestCluster } from '../__testUtils__/TestCluster';
import { items } from '../kubernetes/KubernetesObject';

describe('admission', () => {
  let cluster: TestCluster;
  beforeEach(async () => {
    cluster = await TestCluster.create();
  });
  afterEach(() => cluster.remove());

  it('rejects pods that exceed a quota, with the message of the API server', () => {
    cluster.apply(
      '{apiVersion: v1, kind: ResourceQuota, metadata: {name: tenant}, spec: {hard: {requests.cpu: "4", requests.memory: 24Gi, pods: "10"}}}',
    );
    cluster.apply(deploymentManifest({ replicas: 3, cpu: '1300m' }));
    cluster.apply(
      deploymentManifest({ replicas: 3, cpu: '1300m' })
        .replace('name: web}', 'name: more}')
        .replace(/app: web/g, 'app: more'),
    );
    cluster.advance(5);
    expect(cluster.list('pods')).toHaveLength(3);
    expect(cluster.get('resourcequotas', 'tenant')?.status).toEqual({
      hard: { 'requests.cpu': '4', 'requests.memory': '24Gi', pods: '10' },
      used: { 'requests.cpu': '3900m', 'requests.memory': '3Gi', pods: '3' },
    });
    expect(cluster.events()).toContainEqual(
      expect.stringMatching(
        /^FailedCreate: Error creating: pods "more-\w+-\w+" is forbidden: exceeded quota: tenant, requested: requests.cpu=1300m, used: requests.cpu=3900m, limited: requests.cpu=4$/,
      ),
    );
    expect(cluster.conditions('deployments', 'more')).toContain(
      'ReplicaFailure=True FailedCreate',
    );
  });

  it('applies the defaults of a LimitRange and rejects containers above its maximum', () => {
    cluster.apply(
      '{apiVersion: v1, kind: LimitRange, metadata: {name: tenant}, spec: {limits: [{type: Container, defaultRequest: {memory: 128Mi}, default: {memory: 512Mi}, max: {cpu: "2"}}]}}',
    );
    cluster.apply(jobManifest({ limits: 'cpu: 1' }));
    cluster.apply(jobManifest({ name: 'large', limits: 'cpu: 3' }));
    expect(
      items(cluster.list('pods')[0], 'spec.containers')[0].resources,
    ).toEqual({
      requests: { cpu: '1', memory: '128Mi' },
      limits: { cpu: '1', memory: '512Mi' },
    });
    expect(cluster.events()).toContainEqual(
      expect.stringMatching(
        /pods "large-\w+" is forbidden: maximum cpu usage per Container is 2, but limit is 3$/,
      ),
    );
  });
});
