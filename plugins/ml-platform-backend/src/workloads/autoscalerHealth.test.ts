import { NAMESPACE, object, pod, ready } from '../__testUtils__/scorer';
import { deployment } from './__testUtils__/workloadObjects';
import { startWorkloadPlatform } from './__testUtils__/workloadPlatform';

describe('health of autoscalers', () => {
  const platform = startWorkloadPlatform();

  it.each([
    [
      'ScalingActive',
      'False',
      'FailedGetResourceMetric',
      'the HPA was unable to compute the replica count: failed to get cpu utilization: unable to get metrics for resource cpu: unable to fetch metrics from resource metrics API: the server could not find the requested resource (get pods.metrics.k8s.io)',
      'degraded',
      [
        'The autoscaling does not work, so the number of pods does not follow the load: the cluster returns no metrics for its pods. Check that they run, and ask the platform team whether metrics-server does.',
      ],
    ],
    [
      'ScalingActive',
      'False',
      'FailedGetResourceMetric',
      'the HPA was unable to compute the replica count: failed to get cpu utilization: missing request for cpu in container server of Pod scorer-a',
      'degraded',
      [
        'The autoscaling does not work, so the number of pods does not follow the load: the container server has no request for cpu, so its use cannot be compared. Add the request.',
      ],
    ],
    [
      'AbleToScale',
      'False',
      'FailedGetScale',
      'the HPA controller was unable to get the target\'s current scale: deployments.apps "scorer" not found',
      'degraded',
      [
        'The autoscaling cannot change the number of pods: deployments.apps "scorer" not found. Check scaleTargetRef.',
      ],
    ],
    [
      'ScalingLimited',
      'True',
      'TooManyReplicas',
      'the desired replica count is more than the maximum replica count',
      'waiting',
      [
        'The autoscaling is at its limit of 4 pods, and the load needs more. Raise maxReplicas or give each pod more resources.',
      ],
    ],
    ['ScalingLimited', 'True', 'TooFewReplicas', '', 'healthy', []],
    ['ScalingActive', 'False', 'ScalingDisabled', '', 'healthy', []],
  ])(
    'a HorizontalPodAutoscaler with %s %s %s',
    async (type, status, reason, message, state, texts) => {
      const autoscaler = object(
        'autoscaling/v2',
        'HorizontalPodAutoscaler',
        'scorer',
        {
          spec: {
            scaleTargetRef: { kind: 'Deployment', name: 'scorer' },
            maxReplicas: 4,
          },
          status: { conditions: [{ type, status, reason, message }] },
        },
      );
      const [{ health }] = (
        await platform.read([
          deployment('scorer', NAMESPACE),
          pod('scorer-a', ready),
          autoscaler,
        ])
      ).environments;

      expect(health.reasons.map(({ text }) => text)).toEqual(texts);
      expect(health.state).toBe(state);
    },
  );

  it('names the ScaledObject of an autoscaler that KEDA created', async () => {
    const autoscaler = object(
      'autoscaling/v2',
      'HorizontalPodAutoscaler',
      'keda-hpa-scorer',
      {
        spec: {
          scaleTargetRef: { kind: 'Deployment', name: 'scorer' },
          maxReplicas: 4,
        },
        status: {
          conditions: [
            {
              type: 'ScalingActive',
              status: 'False',
              reason: 'FailedGetExternalMetric',
              message:
                'the HPA was unable to compute the replica count: unable to get external metric app-ml-team-dev/s0-kafka: connection refused',
              lastTransitionTime: '2026-11-20T10:00:00Z',
            },
          ],
        },
      },
    );
    autoscaler.metadata.labels = { 'scaledobject.keda.sh/name': 'scorer' };
    const [{ health }] = (
      await platform.read([
        deployment('scorer', NAMESPACE),
        pod('scorer-a', ready),
        autoscaler,
      ])
    ).environments;

    expect(health.reasons).toEqual([
      {
        code: 'autoscaling',
        text: 'The autoscaling of KEDA (ScaledObject scorer) does not work, so the number of pods does not follow the load: unable to get external metric app-ml-team-dev/s0-kafka: connection refused.',
        object: { kind: 'HorizontalPodAutoscaler', name: 'keda-hpa-scorer' },
        since: '2026-11-20T10:00:00Z',
      },
    ]);
  });
});
