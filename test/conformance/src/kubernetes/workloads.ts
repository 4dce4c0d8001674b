import type { Assertions } from '../Suite';
import type { KubernetesObject } from '../targets/KubernetesObject';
import { compareWorkloads } from './compareWorkloads';
import { hasCondition } from './hasCondition';

const APPS = '/apis/apps/v1/namespaces/team-a-dev';
const CORE = '/api/v1/namespaces/team-a-dev';

/** Workloads after the controllers have settled. */
export const workloads: Assertions = suite => {
  const { settled, settledList, looksLikeReal, eventsLookLikeReal } =
    compareWorkloads(suite);

  suite.assert('a Deployment that is available', async () => {
    const deployment = await settled(`${APPS}/deployments/web`, isComplete);
    looksLikeReal('deployment-available', deployment, ['web']);
  });

  suite.assert('the ReplicaSet of an available Deployment', async () => {
    const [set] = await settledList(
      `${APPS}/replicasets`,
      'app=web',
      ([first]) => first?.status?.availableReplicas === 2,
    );
    looksLikeReal('replicaset-available', set, ['web']);
  });

  suite.assert('the pods of an available Deployment', async () => {
    const [pod] = await settledList(
      `${CORE}/pods`,
      'app=web',
      items =>
        items.length === 2 && items.every(item => hasCondition(item, 'Ready')),
    );
    looksLikeReal('pod-running', pod, ['web']);
  });

  suite.assert('the events of a rollout', async () => {
    await settled(`${APPS}/deployments/web`, isComplete);
    await eventsLookLikeReal(
      'events-rollout',
      [
        ['Deployment', 'web'],
        ['ReplicaSet', 'web-'],
        ['Pod', 'web-'],
      ],
      ['web'],
    );
  });

  suite.assert('a Deployment whose pods crash', async () => {
    const deployment = await settled(`${APPS}/deployments/crash`, object =>
      hasCondition(object, 'Progressing', 'ProgressDeadlineExceeded'),
    );
    looksLikeReal('deployment-crashing', deployment, ['crash']);
  });

  suite.assert('a pod that crashes', async () => {
    const [pod] = await settledList(`${CORE}/pods`, 'app=crash', ([first]) =>
      JSON.stringify(first ?? {}).includes('CrashLoopBackOff'),
    );
    const { status } = pod as {
      status?: {
        containerStatuses?: Array<{
          lastState: object;
          state: { waiting: { message: string } };
        }>;
      };
    };
    const [container] = status?.containerStatuses ?? [];
    expect(status).toMatchObject({
      phase: 'Running',
      containerStatuses: [
        {
          ready: false,
          restartCount: expect.any(Number),
          state: {
            waiting: {
              reason: 'CrashLoopBackOff',
              message: expect.stringMatching(
                /^back-off (\d+m)?\d+s restarting failed container=app pod=crash-[a-z0-9]+-[a-z0-9]+_team-a-dev\([0-9a-f-]+\)$/,
              ),
            },
          },
          lastState: { terminated: { exitCode: 1, reason: 'Error' } },
        },
      ],
    });
    expect(container.lastState).toBeDefined();
    expect(hasCondition(pod, 'Ready', 'ContainersNotReady', 'False')).toBe(
      true,
    );
  });

  suite.assert('a Deployment whose pods never become ready', async () => {
    const deployment = await settled(
      `${APPS}/deployments/hang`,
      object =>
        object.status?.unavailableReplicas === 1 &&
        object.status?.updatedReplicas === 1,
    );
    looksLikeReal('deployment-not-ready', deployment, ['hang']);
  });

  suite.assert('a StatefulSet', async () => {
    const set = await settled(
      `${APPS}/statefulsets/store`,
      object =>
        object.status?.readyReplicas === 2 &&
        object.status?.currentReplicas === 2,
    );
    looksLikeReal('statefulset', set, ['store']);
  });
};

function isComplete(deployment: KubernetesObject): boolean {
  return (
    deployment.status?.availableReplicas === 2 &&
    deployment.status?.observedGeneration === deployment.metadata.generation &&
    hasCondition(deployment, 'Progressing', 'NewReplicaSetAvailable')
  );
}
