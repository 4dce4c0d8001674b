import {
  FakeKubernetes,
  fakeObjects,
  type FakeObject,
} from '@internal/plugin-ml-platform-node/testing';
import {
  NAMESPACE,
  object,
  pod,
  ready,
  template,
} from '../__testUtils__/scorer';
import { startMlPlatform } from '../__testUtils__/startMlPlatform';
import { deployment } from './__testUtils__/workloadObjects';
import { startWorkloadPlatform } from './__testUtils__/workloadPlatform';

const controller = (
  kind: string,
  spec: Record<string, unknown>,
  status?: Record<string, unknown>,
  apiVersion = 'apps/v1',
): FakeObject => {
  const created = fakeObjects.ofWorkload(
    'scorer',
    object(apiVersion, kind, 'scorer', { spec: { template, ...spec }, status }),
  );
  return { ...created, metadata: { ...created.metadata, generation: 1 } };
};
const observed = { observedGeneration: 1 };
const NO_STATUS =
  'Kubernetes has not reported a status yet, so the state is unknown.';

describe('health of rollouts', () => {
  const platform = startWorkloadPlatform();

  it.each<[string, FakeObject, string, string]>([
    [
      'a StatefulSet with OnDelete',
      controller(
        'StatefulSet',
        { replicas: 3, updateStrategy: { type: 'OnDelete' } },
        {
          ...observed,
          replicas: 3,
          updatedReplicas: 1,
          availableReplicas: 3,
          currentRevision: 'scorer-a',
          updateRevision: 'scorer-b',
        },
      ),
      'healthy',
      '1 of 3 pods runs the new version, 3 are available. The others follow when they are deleted (OnDelete).',
    ],
    [
      'a DaemonSet with OnDelete',
      controller(
        'DaemonSet',
        { updateStrategy: { type: 'OnDelete' } },
        {
          ...observed,
          desiredNumberScheduled: 2,
          updatedNumberScheduled: 0,
          numberAvailable: 2,
        },
      ),
      'healthy',
      '0 of 2 pods run the new version, 2 are available. The others follow when they are deleted (OnDelete).',
    ],
    [
      'a StatefulSet that has not reached its partition',
      controller(
        'StatefulSet',
        {
          replicas: 5,
          updateStrategy: {
            type: 'RollingUpdate',
            rollingUpdate: { partition: 3 },
          },
        },
        {
          ...observed,
          replicas: 5,
          updatedReplicas: 1,
          availableReplicas: 5,
          currentRevision: 'scorer-a',
          updateRevision: 'scorer-b',
        },
      ),
      'progressing',
      '1 of 5 pods runs the new version, 5 are available.',
    ],
    [
      'a paused Deployment',
      controller(
        'Deployment',
        { replicas: 2, paused: true },
        { ...observed, replicas: 2, updatedReplicas: 1, availableReplicas: 2 },
      ),
      'suspended',
      'The rollout is paused; changes are not applied until it is resumed. 1 of 2 pods runs the new version, 2 are available.',
    ],
    [
      'a Deployment at zero replicas',
      controller('Deployment', { replicas: 0 }, observed),
      'healthy',
      'Scaled to 0 pods.',
    ],
    [
      'a Deployment whose old pods have not ended',
      controller(
        'Deployment',
        { replicas: 2 },
        { ...observed, replicas: 3, updatedReplicas: 2, availableReplicas: 2 },
      ),
      'progressing',
      '1 pod of the old version has not ended yet.',
    ],
    [
      'a Deployment without a status',
      controller('Deployment', { replicas: 0 }),
      'unknown',
      NO_STATUS,
    ],
    [
      'a DaemonSet without a status',
      controller('DaemonSet', {}, {}),
      'unknown',
      NO_STATUS,
    ],
    [
      'a StatefulSet without a status',
      controller('StatefulSet', { replicas: 0 }, {}),
      'unknown',
      NO_STATUS,
    ],
    [
      'a Rollout without a status',
      controller('Rollout', { replicas: 0 }, {}, 'argoproj.io/v1alpha1'),
      'unknown',
      NO_STATUS,
    ],
    [
      'an invalid Rollout',
      controller(
        'Rollout',
        { replicas: 1 },
        {
          phase: 'Degraded',
          message:
            'InvalidSpec: The Rollout "scorer" is invalid: spec.selector: Required value',
        },
        'argoproj.io/v1alpha1',
      ),
      'degraded',
      'The Rollout is invalid: The Rollout "scorer" is invalid: spec.selector: Required value. Correct it.',
    ],
  ])('%s', async (_, object_, state, text) => {
    const [{ health, rollouts }] = (await platform.read([object_]))
      .environments;

    expect(rollouts.map(rollout => rollout.text)).toEqual([text]);
    expect(health.state).toBe(state);
  });

  it('is unknown while a type of controllers cannot be read', async () => {
    const kubernetes = await FakeKubernetes.start();
    kubernetes.objects = [
      fakeObjects.namespace('app-ml-team', 'dev', NAMESPACE),
      deployment('scorer', NAMESPACE),
      pod('scorer-a', ready),
    ];
    kubernetes.failures = { jobs: 403, cronjobs: 403 };
    const restricted = await startMlPlatform({ kubernetes });
    const { body } = await restricted.get(
      'ml-engineer',
      '/teams/app-ml-team/workloads/scorer',
    );
    await restricted.stop();
    await kubernetes.stop();

    expect(body.environments[0].health).toEqual({
      state: 'unknown',
      reasons: [
        {
          code: 'not-read',
          text: 'The portal cannot read Jobs and CronJobs in this cluster, so the state is not fully known. Contact the platform team if this persists.',
        },
      ],
    });
  });
});
