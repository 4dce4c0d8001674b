import {
  FakeKubernetes,
  fakeObjects,
  type FakeObject,
} from '@internal/plugin-ml-platform-node/testing';
import { report, vulnerability } from '../__testUtils__/reports';
import { startMlPlatform } from '../__testUtils__/startMlPlatform';

const NAMESPACE = 'app-ml-team-dev';
const IMAGE = 'ghcr.io/acme/scorer:1.0.0';
const LONG_NAME = `scorer-${'x'.repeat(80)}`;

const of = (kind: string, name: string, owner?: FakeObject): FakeObject =>
  fakeObjects.ofWorkload(
    'scorer',
    { apiVersion: 'apps/v1', kind, metadata: { name, namespace: NAMESPACE } },
    owner,
  );
const podOf = (owner?: FakeObject): FakeObject => ({
  ...of('Pod', 'scorer-a', owner),
  apiVersion: 'v1',
  spec: { containers: [{ name: 'server', image: IMAGE }] },
  status: { phase: 'Running' },
});

const deployment = of('Deployment', 'scorer');
const replicaSet = of('ReplicaSet', 'scorer-1', deployment);
const statefulSet = of('StatefulSet', 'scorer');
const daemonSet = of('DaemonSet', 'scorer');
const cronJob = of('CronJob', 'scorer');
const scheduled = of('Job', 'scorer-29', cronJob);
const job = of('Job', 'scorer-1');
const rayCluster = of('RayCluster', 'scorer');
const longNamed = of('Job', LONG_NAME);

/** A report on a workload whose name is too long for a label. */
function hashed(): FakeObject {
  const found = report(longNamed, 'server', [vulnerability('CVE-1', 'HIGH')]);
  return {
    ...found,
    metadata: {
      ...found.metadata,
      name: 'job-5d9f7c8b6',
      labels: {
        'trivy-operator.container.name': 'server',
        'trivy-operator.resource.kind': 'Job',
        'trivy-operator.resource.name-hash': '7c8b6d9f5',
        'trivy-operator.resource.namespace': NAMESPACE,
      },
      annotations: { 'trivy-operator.resource.name': LONG_NAME },
    },
  };
}
const on = (owner: FakeObject) =>
  report(owner, 'server', [vulnerability('CVE-1', 'HIGH')]);

describe('a report of trivy-operator', () => {
  let kubernetes: FakeKubernetes;
  let platform: Awaited<ReturnType<typeof startMlPlatform>>;
  beforeEach(async () => {
    kubernetes = await FakeKubernetes.start();
    platform = await startMlPlatform({ kubernetes });
  });
  afterEach(async () => {
    await platform.stop();
    await kubernetes.stop();
  });

  it.each<[string, FakeObject[]]>([
    ['ReplicaSet', [deployment, replicaSet, podOf(replicaSet), on(replicaSet)]],
    ['StatefulSet', [statefulSet, podOf(statefulSet), on(statefulSet)]],
    ['DaemonSet', [daemonSet, podOf(daemonSet), on(daemonSet)]],
    ['Job', [job, podOf(job), on(job)]],
    ['CronJob of a Job', [cronJob, scheduled, podOf(scheduled), on(cronJob)]],
    ['Pod without a controller', [podOf(), on(podOf())]],
    ['Pod of another controller', [podOf(rayCluster), on(podOf(rayCluster))]],
    [
      'Job with a name in an annotation',
      [podOf(longNamed), longNamed, hashed()],
    ],
  ])('counts when it is about a %s', async (_, objects) => {
    kubernetes.objects = [
      fakeObjects.namespace('app-ml-team', 'dev', NAMESPACE),
      ...objects,
    ];

    const { body } = await platform.get(
      'ml-engineer',
      '/teams/app-ml-team/workloads/scorer/findings',
    );

    expect(body).toMatchObject({
      total: 1,
      images: [{ image: IMAGE, hasPods: true }],
    });
  });
});
