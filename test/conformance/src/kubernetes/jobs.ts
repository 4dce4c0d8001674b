import type { Assertions } from '../Suite';
import type { KubernetesObject } from '../targets/KubernetesObject';
import { compareWorkloads } from './compareWorkloads';
import { hasCondition } from './hasCondition';

const BATCH = '/apis/batch/v1/namespaces/team-a-dev';
const CORE = '/api/v1/namespaces/team-a-dev';

/** Jobs and CronJobs after the controllers have settled. */
export const jobs: Assertions = suite => {
  const { settled, settledList, looksLikeReal, eventsLookLikeReal } =
    compareWorkloads(suite);

  suite.assert('a Job that succeeded', async () => {
    const job = await settled(`${BATCH}/jobs/train-ok`, object =>
      hasCondition(object, 'Complete'),
    );
    looksLikeReal('job-complete', job, ['train-ok']);
  });

  suite.assert('the pod of a Job that succeeded', async () => {
    const [pod] = await settledList(
      `${CORE}/pods`,
      'job-name=train-ok',
      ([first]) => first?.status?.phase === 'Succeeded' && isCounted(first),
    );
    looksLikeReal('pod-succeeded', pod, ['train-ok']);
  });

  suite.assert('a Job that reached its backoff limit', async () => {
    const job = await settled(`${BATCH}/jobs/train-fail`, object =>
      hasCondition(object, 'Failed'),
    );
    looksLikeReal('job-failed', job, ['train-fail']);
  });

  suite.assert('the pods of a Job that failed', async () => {
    const pods = await settledList(
      `${CORE}/pods`,
      'job-name=train-fail',
      items =>
        items.length === 2 &&
        items.every(item => item.status?.phase === 'Failed' && isCounted(item)),
    );
    looksLikeReal('pod-failed', pods[0], ['train-fail']);
  });

  suite.assert('the events of Jobs', async () => {
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
  });

  suite.assert('a CronJob after a run', async () => {
    const cronJob = await settled(
      `${BATCH}/cronjobs/nightly`,
      object =>
        object.status?.lastSuccessfulTime !== undefined &&
        object.status.active === undefined,
    );
    looksLikeReal('cronjob', cronJob, ['nightly']);
  });

  suite.assert('the Job of a CronJob', async () => {
    const items = await suite.target.kubernetes.settledList(
      `${BATCH}/jobs`,
      {},
      found =>
        found.some(item => isOfNightly(item) && hasCondition(item, 'Complete')),
    );
    const job = items.find(
      item => isOfNightly(item) && hasCondition(item, 'Complete'),
    );
    looksLikeReal('cronjob-job', job as KubernetesObject, ['nightly']);
  });

  suite.assert(
    'a Job that requests more GPUs than the nodes have',
    async () => {
      const job = await settled(
        `${BATCH}/jobs/gpu`,
        object => object.status?.active === 1,
      );
      looksLikeReal('job-pending', job, ['gpu']);
    },
  );

  suite.assert('the unschedulable pod of a Job', async () => {
    const [pod] = await settledList(`${CORE}/pods`, 'job-name=gpu', ([first]) =>
      hasCondition(first, 'PodScheduled', 'Unschedulable', 'False'),
    );
    looksLikeReal('pod-unschedulable', pod, ['gpu']);
    await eventsLookLikeReal(
      'events-unschedulable',
      [['Pod', 'gpu-']],
      ['gpu'],
    );
  });
};

/** Checks that the Job controller has removed its finalizer from a finished pod. */
function isCounted(pod: KubernetesObject): boolean {
  return !JSON.stringify(pod.metadata).includes('finalizers');
}

function isOfNightly({ metadata }: KubernetesObject): boolean {
  return metadata.ownerReferences?.[0].name === 'nightly';
}
