import { expectEventsLikeReal, expectLikeReal } from '../expectLikeReal';
import { normalise } from '../normalise';
import type { Assertions } from '../Suite';
import type { KubernetesObject } from '../targets/KubernetesObject';
import { eventsAbout } from './eventsAbout';
import { hasCondition } from './hasCondition';

const APPS = '/apis/apps/v1/namespaces/team-a-dev';
const BATCH = '/apis/batch/v1/namespaces/team-a-dev';
const CORE = '/api/v1/namespaces/team-a-dev';

/** What workloads look like once the controllers have done with them. */
export const workloads: Assertions = suite => {
  const settled = (
    path: string,
    isSettled: (object: KubernetesObject) => boolean,
  ) => suite.target.kubernetes.settled(path, isSettled);
  const list = (
    path: string,
    labelSelector: string,
    isSettled: (items: KubernetesObject[]) => boolean,
  ) => suite.target.kubernetes.settledList(path, { labelSelector }, isSettled);
  const looksLikeReal = (
    name: string,
    value: KubernetesObject,
    generated: string[] = [],
  ) => expectLikeReal(name, normalise(value, generated));
  const eventsLookLikeReal = (
    name: string,
    about: Array<[kind: string, name: string]>,
    generated: string[],
  ) =>
    expectEventsLikeReal(name, async () => {
      const events = await Promise.all(
        about.map(([kind, object]) => eventsAbout(suite, kind, object)),
      );
      return normalise(events.flat(), generated);
    });

  suite.assert(
    'a Deployment that is available',
    async () => {
      const deployment = await settled(`${APPS}/deployments/web`, isComplete);
      looksLikeReal('deployment-available', deployment, ['web']);
    },
    120,
  );

  suite.assert(
    'its ReplicaSet',
    async () => {
      const [set] = await list(
        `${APPS}/replicasets`,
        'app=web',
        ([first]) => first?.status?.availableReplicas === 2,
      );
      looksLikeReal('replicaset-available', set, ['web']);
    },
    120,
  );

  suite.assert(
    'its pods',
    async () => {
      const [pod] = await list(
        `${CORE}/pods`,
        'app=web',
        items =>
          items.length === 2 &&
          items.every(item => hasCondition(item, 'Ready')),
      );
      looksLikeReal('pod-running', pod, ['web']);
    },
    120,
  );

  suite.assert(
    'the events of a rollout',
    async () => {
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
    },
    120,
  );

  suite.assert(
    'a Deployment whose pods crash',
    async () => {
      const deployment = await settled(`${APPS}/deployments/crash`, object =>
        hasCondition(object, 'Progressing', 'ProgressDeadlineExceeded'),
      );
      looksLikeReal('deployment-crashing', deployment, ['crash']);
    },
    120,
  );

  suite.assert(
    'a pod that crashes',
    async () => {
      const [pod] = await list(`${CORE}/pods`, 'app=crash', ([first]) =>
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
    },
    120,
  );

  suite.assert(
    'a Deployment whose pods never get ready',
    async () => {
      const deployment = await settled(
        `${APPS}/deployments/hang`,
        object =>
          object.status?.unavailableReplicas === 1 &&
          object.status?.updatedReplicas === 1,
      );
      looksLikeReal('deployment-not-ready', deployment, ['hang']);
    },
    120,
  );

  suite.assert(
    'a StatefulSet',
    async () => {
      const set = await settled(
        `${APPS}/statefulsets/store`,
        object =>
          object.status?.readyReplicas === 2 &&
          object.status?.currentReplicas === 2,
      );
      looksLikeReal('statefulset', set, ['store']);
    },
    120,
  );

  suite.assert(
    'a Job that succeeded',
    async () => {
      const job = await settled(`${BATCH}/jobs/train-ok`, object =>
        hasCondition(object, 'Complete'),
      );
      looksLikeReal('job-complete', job, ['train-ok']);
    },
    120,
  );

  suite.assert(
    'the pod of a Job that succeeded',
    async () => {
      const [pod] = await list(
        `${CORE}/pods`,
        'job-name=train-ok',
        ([first]) => first?.status?.phase === 'Succeeded' && isCounted(first),
      );
      looksLikeReal('pod-succeeded', pod, ['train-ok']);
    },
    120,
  );

  suite.assert(
    'a Job that failed as often as it may',
    async () => {
      const job = await settled(`${BATCH}/jobs/train-fail`, object =>
        hasCondition(object, 'Failed'),
      );
      looksLikeReal('job-failed', job, ['train-fail']);
    },
    120,
  );

  suite.assert(
    'the pods of a Job that failed',
    async () => {
      const pods = await list(
        `${CORE}/pods`,
        'job-name=train-fail',
        items =>
          items.length === 2 &&
          items.every(
            item => item.status?.phase === 'Failed' && isCounted(item),
          ),
      );
      looksLikeReal('pod-failed', pods[0], ['train-fail']);
    },
    120,
  );

  suite.assert(
    'the events of Jobs',
    async () => {
      await settled(`${BATCH}/jobs/train-fail`, object =>
        hasCondition(object, 'Failed'),
      );
      await eventsLookLikeReal(
        'events-jobs',
        [
          ['Job', 'train-ok'],
          ['Job', 'train-fail'],
        ],
        ['train-ok', 'train-fail'],
      );
    },
    120,
  );

  suite.assert(
    'a CronJob that has run',
    async () => {
      const cronJob = await settled(
        `${BATCH}/cronjobs/nightly`,
        object =>
          object.status?.lastSuccessfulTime !== undefined &&
          object.status.active === undefined,
      );
      looksLikeReal('cronjob', cronJob, ['nightly']);
    },
    120,
  );

  suite.assert(
    'the Job of a CronJob',
    async () => {
      const jobs = await suite.target.kubernetes.settledList(
        `${BATCH}/jobs`,
        {},
        items =>
          items.some(
            item => isOfNightly(item) && hasCondition(item, 'Complete'),
          ),
        120,
      );
      const job = jobs.find(
        item => isOfNightly(item) && hasCondition(item, 'Complete'),
      );
      looksLikeReal('cronjob-job', job as KubernetesObject, ['nightly']);
    },
    150,
  );

  suite.assert(
    'a Job that wants more GPUs than there are',
    async () => {
      const job = await settled(
        `${BATCH}/jobs/gpu`,
        object => object.status?.active === 1,
      );
      looksLikeReal('job-pending', job, ['gpu']);
    },
    120,
  );

  suite.assert(
    'its pod, which no node can take',
    async () => {
      const [pod] = await list(`${CORE}/pods`, 'job-name=gpu', ([first]) =>
        hasCondition(first, 'PodScheduled', 'Unschedulable', 'False'),
      );
      looksLikeReal('pod-unschedulable', pod, ['gpu']);
      await eventsLookLikeReal(
        'events-unschedulable',
        [['Pod', 'gpu-']],
        ['gpu'],
      );
    },
    120,
  );
};

function isComplete(deployment: KubernetesObject): boolean {
  return (
    deployment.status?.availableReplicas === 2 &&
    deployment.status?.observedGeneration === deployment.metadata.generation &&
    hasCondition(deployment, 'Progressing', 'NewReplicaSetAvailable')
  );
}

/** The Job's controller has seen how the pod ended. */
function isCounted(pod: KubernetesObject): boolean {
  return !JSON.stringify(pod.metadata).includes('finalizers');
}

function isOfNightly({ metadata }: KubernetesObject): boolean {
  return metadata.ownerReferences?.[0].name === 'nightly';
}
