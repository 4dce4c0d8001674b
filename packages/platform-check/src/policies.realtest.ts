import { readCorpus } from './__testUtils__/corpus';
import { PolicedCluster } from './__testUtils__/PolicedCluster';

jest.setTimeout(600_000);

const namespace = 'app-ml-team-dev';
const corpus = new Map(readCorpus().map(({ name, text }) => [name, text]));
const manifest = (name: string) => corpus.get(name) ?? '';

describe('policies on existing objects of a real cluster', () => {
  let cluster: PolicedCluster;
  const kubectl = (...args: string[]) =>
    cluster.kubectl([...args, `--namespace=${namespace}`]);
  const refusal = (...args: string[]) =>
    cluster.rejection(() => kubectl(...args));

  beforeAll(async () => {
    cluster = await PolicedCluster.start();
    // Created before the policies, and in violation of them.
    await cluster.apply(manifest('latest'));
    await cluster.apply(manifest('no-limits'));
    await cluster.enforcePolicies();
  });

  afterAll(async () => {
    await cluster.stop();
  });

  it('allow changes of the labels, suspension and deletion of runs', async () => {
    expect(await refusal('label', 'job', 'no-limits', 'note=kept')).toBe('');
    expect(
      await refusal(
        'patch',
        'job',
        'no-limits',
        '--patch={"spec":{"suspend":true}}',
      ),
    ).toBe('');
    expect(await refusal('delete', 'job', 'no-limits', '--wait=false')).toBe(
      '',
    );
  });

  it('allow labels and scaling of a workload, and check a new spec', async () => {
    expect(await refusal('label', 'deployment', 'latest', 'note=kept')).toBe(
      '',
    );
    expect(await refusal('scale', 'deployment', 'latest', '--replicas=3')).toBe(
      '',
    );
    expect(
      await refusal(
        'patch',
        'deployment',
        'latest',
        '--patch={"spec":{"minReadySeconds":5}}',
      ),
    ).toContain('the tag of the image moves to another image now and then');
  });

  it('allow controllers to create the pods of allowed workloads', async () => {
    await cluster.apply(
      `apiVersion: v1
kind: ServiceAccount
metadata: { name: scorer, namespace: ${namespace} }
automountServiceAccountToken: false`,
    );
    await cluster.apply(manifest('valid-deployment'));
    expect(
      await kubectl(
        'rollout',
        'status',
        'deployment/valid-deployment',
        '--timeout=60s',
      ),
    ).toContain('successfully rolled out');
  });

  it('check pods that users create, whatever owner they claim', async () => {
    const pod = (owner: string) => `
apiVersion: v1
kind: Pod
metadata: { name: x, namespace: ${namespace}${owner} }
spec: { containers: [{ name: x, image: 'docker.io/library/busybox:latest' }] }`;
    for (const owner of [
      '',
      ', ownerReferences: [{ apiVersion: apps/v1, kind: ReplicaSet, name: owner, uid: z, controller: true }]',
    ]) {
      expect(await cluster.rejectionOf(pod(owner))).toMatch(
        /denied request|violates PodSecurity/,
      );
    }
  });

  it('require the queue of their team from training jobs', async () => {
    const trainJob = (labels: string) => `
apiVersion: trainer.kubeflow.org/v1alpha1
kind: TrainJob
metadata: { name: x, namespace: ${namespace}, labels: { ${labels} } }
spec: { runtimeRef: { name: torch-distributed } }`;
    expect(await cluster.rejectionOf(trainJob(''))).toContain(
      'Set the label kueue.x-k8s.io/queue-name: app-ml-team',
    );
    expect(
      await cluster.rejectionOf(
        trainJob('kueue.x-k8s.io/queue-name: app-ml-team'),
      ),
    ).toBe('');
  });

  it('let only the platform set the owner of a namespace', async () => {
    await cluster.apply(`
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: namespace-maker }
rules: [{ apiGroups: [''], resources: [namespaces], verbs: [create, get, patch, update] }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: namespace-maker }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: namespace-maker }
subjects: [{ apiGroup: rbac.authorization.k8s.io, kind: User, name: maker }]`);
    const labelled =
      'apiVersion: v1\nkind: Namespace\nmetadata: { name: mine, labels: { ml-platform.io/team: app-ml-team } }';
    const plain =
      'apiVersion: v1\nkind: Namespace\nmetadata: { name: mine, labels: { a: b } }';
    const asMaker = ['--as=maker'];
    expect(await cluster.rejectionOf(plain, asMaker)).toBe('');
    expect(await cluster.rejectionOf(labelled, asMaker)).toContain(
      'Only the platform sets ml-platform.io/team',
    );
    expect(
      await refusal(
        'label',
        'namespace',
        namespace,
        'ml-platform.io/team-',
        '--as=maker',
        '--dry-run=server',
      ),
    ).toContain('Only the platform sets ml-platform.io/team');
    expect(
      await refusal(
        'label',
        'namespace',
        namespace,
        'note=kept',
        '--as=maker',
        '--dry-run=server',
      ),
    ).toBe('');
    expect(await cluster.rejectionOf(labelled)).toBe('');
    expect(
      await refusal(
        'label',
        'namespace',
        namespace,
        'ml-platform.io/environment-',
        'ml-platform.io/restore=dev',
        '--as=maker',
        '--dry-run=server',
      ),
    ).toContain('Only the platform sets ml-platform.io/team');
  });
});
