import { deploymentManifest } from '../__testUtils__/manifests';
import { TestCluster } from '../__testUtils__/TestCluster';
import { items } from '../kubernetes/KubernetesObject';

describe('Deployments', () => {
  let cluster: TestCluster;
  beforeEach(async () => {
    cluster = await TestCluster.create();
  });
  afterEach(() => cluster.remove());

  it('start their pods after about a second', () => {
    cluster.apply(deploymentManifest({}));
    expect(cluster.podStates()).toEqual([
      'ContainerCreating',
      'ContainerCreating',
    ]);
    expect(cluster.conditions('deployments', 'web')).toContain(
      'Available=False MinimumReplicasUnavailable',
    );

    cluster.advance(2);
    expect(cluster.podStates()).toEqual(['Running', 'Running']);
    expect(cluster.get('deployments', 'web')?.status).toMatchObject({
      replicas: 2,
      readyReplicas: 2,
      availableReplicas: 2,
      updatedReplicas: 2,
      observedGeneration: 1,
    });
    expect(cluster.conditions('deployments', 'web')).toEqual([
      'Available=True MinimumReplicasAvailable',
      'Progressing=True NewReplicaSetAvailable',
    ]);
    expect(cluster.events()).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /^ScalingReplicaSet: Scaled up replica set web-\w{10} from 0 to 2$/,
        ),
        expect.stringMatching(
          /^SuccessfulCreate: Created pod: web-\w{10}-\w{5}$/,
        ),
        expect.stringMatching(
          /^Scheduled: Successfully assigned team\/web-\S+ to sandbox-worker-[12]$/,
        ),
        'Started: Container started',
      ]),
    );
  });

  it('roll out a new image within maxUnavailable', () => {
    cluster.apply(deploymentManifest({ replicas: 4 }));
    cluster.advance(3);
    let fewest = 4;
    cluster.store.subscribe(() => {
      const ready = cluster
        .list('pods')
        .filter(pod =>
          items(pod, 'status.conditions').some(
            ({ type, status }) => type === 'Ready' && status === 'True',
          ),
        );
      fewest = Math.min(fewest, ready.length);
    });
    cluster.apply(
      deploymentManifest({ replicas: 4, image: 'example.com/web:2' }),
    );
    cluster.advance(20);
    expect(
      cluster.list('pods').map(pod => items(pod, 'spec.containers')[0].image),
    ).toEqual(Array(4).fill('example.com/web:2'));
    // maxUnavailable is 25 %.
    expect(fewest).toBe(3);
    expect(cluster.get('deployments', 'web')?.metadata.annotations).toEqual({
      'deployment.kubernetes.io/revision': '2',
    });
    expect(
      cluster
        .list('replicasets')
        .map(({ spec }) => spec?.replicas)
        .sort(),
    ).toEqual([0, 4]);

    cluster.apply(deploymentManifest({ replicas: 4 }));
    cluster.advance(20);
    expect(cluster.list('replicasets')).toHaveLength(2);
    expect(cluster.get('deployments', 'web')?.metadata.annotations).toEqual({
      'deployment.kubernetes.io/revision': '3',
    });
  });

  it('exceed their progress deadline when containers crash and back off', () => {
    cluster.apply(
      deploymentManifest({
        replicas: 1,
        deadline: 30,
        labels: ', simulation.ml-platform.io/outcome: crash',
      }),
    );
    cluster.advance(8);
    expect(cluster.podStates()).toEqual(['CrashLoopBackOff']);
    expect(cluster.list('pods')[0].status).toMatchObject({
      phase: 'Running',
      containerStatuses: [
        {
          ready: false,
          restartCount: 1,
          lastState: { terminated: { exitCode: 1, reason: 'Error' } },
        },
      ],
    });
    expect(cluster.events()).toContainEqual(
      expect.stringMatching(
        /^BackOff: Back-off restarting failed container server in pod web-\S+_team\(\S+\)$/,
      ),
    );
    expect(cluster.conditions('deployments', 'web')).toContain(
      'Progressing=True ReplicaSetUpdated',
    );

    cluster.advance(30);
    expect(cluster.conditions('deployments', 'web')).toContain(
      'Progressing=False ProgressDeadlineExceeded',
    );
    expect(
      items(cluster.list('pods')[0], 'status.containerStatuses')[0]
        .restartCount,
    ).toBe(3);
  });

  it('are unavailable while their pods hang', () => {
    cluster.apply(
      deploymentManifest({
        replicas: 1,
        labels: ', simulation.ml-platform.io/outcome: hang',
      }),
    );
    cluster.advance(30);
    expect(cluster.podStates()).toEqual(['Running']);
    expect(cluster.get('deployments', 'web')?.status).toMatchObject({
      unavailableReplicas: 1,
    });
  });
});
