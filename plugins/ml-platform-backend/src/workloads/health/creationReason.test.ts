import type { HealthCode } from '@internal/plugin-ml-platform-common';
import { resourceQuotaSchema } from '@internal/plugin-ml-platform-node';
import { creationReason } from './creationReason';

/** A message of Kubernetes, and the code and text of the reason. */
type ReasonCase = [message: string, code: HealthCode, text: string];

describe('creationReason', () => {
  const namespace = 'app-ml-team-dev';
  it.each<ReasonCase>([
    [
      'create Pod web-0 in StatefulSet web failed error: Pod "web-0" is invalid: metadata.labels: Invalid value',
      'not-created',
      'Kubernetes could not create the pods: Pod "web-0" is invalid: metadata.labels: Invalid value.',
    ],
    [
      'Create Pod web-0 in StatefulSet web failed error: Pod "web-0" is invalid: metadata.labels: Invalid value',
      'not-created',
      'Kubernetes could not create the pods: Pod "web-0" is invalid: metadata.labels: Invalid value.',
    ],
    [
      'Error creating: pods "squeezed-5d8f-x2x" is forbidden: exceeded quota: tenant, requested: requests.cpu=600m, used: requests.cpu=600m, limited: requests.cpu=1',
      'quota-exceeded',
      'Requests 0.6 CPUs, but the quota in app-ml-team-dev allows 1 and 0.6 are in use. Request less, delete what you no longer need, or ask for more quota.',
    ],
    [
      'pods "a-1" is forbidden: exceeded quota: gpus, requested: requests.nvidia.com/gpu=4, used: requests.nvidia.com/gpu=6, limited: requests.nvidia.com/gpu=8',
      'quota-exceeded',
      'Requests 4 GPUs, but the quota in app-ml-team-dev allows 8 and 6 are in use. Request less, delete what you no longer need, or ask for more quota.',
    ],
    [
      'create Pod web-0 in StatefulSet web failed error: pods "web-0" is forbidden: exceeded quota: tenant, requested: limits.memory=16Gi,requests.memory=8Gi, used: limits.memory=20Gi,requests.memory=20Gi, limited: limits.memory=32Gi,requests.memory=24Gi',
      'quota-exceeded',
      'Requests 16 GiB memory (limit) and 8 GiB memory, but the quota in app-ml-team-dev allows 32 GiB memory (limit) (20 GiB in use) and 24 GiB memory (20 GiB in use). Request less, delete what you no longer need, or ask for more quota.',
    ],
    [
      'pods "a" is forbidden: exceeded quota: tenant, requested: pods=1, used: pods=40, limited: pods=40',
      'quota-exceeded',
      'Requests 1 pod, but the quota in app-ml-team-dev allows 40 and 40 are in use. Request less, delete what you no longer need, or ask for more quota.',
    ],
    [
      'Error creating: pods "x" is forbidden: failed quota: tenant: must specify limits.cpu for: server; limits.memory for: server',
      'quota-exceeded',
      'The quota in app-ml-team-dev requires every container to set its resource requests and limits. Add limits.cpu for: server; limits.memory for: server.',
    ],
    [
      'Error creating: pods "x" is forbidden: [maximum cpu usage per Container is 2, but limit is 4, maximum memory usage per Container is 1Gi, but limit is 2Gi]',
      'limit-range',
      "Violates the LimitRange in app-ml-team-dev: maximum cpu usage per Container is 2, but limit is 4; maximum memory usage per Container is 1Gi, but limit is 2Gi. Change the container's resource requests or limits.",
    ],
    [
      'Error creating: pods "x" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false (container "server" must set securityContext.allowPrivilegeEscalation=false)',
      'policy',
      'Violates the Pod Security Standard restricted: allowPrivilegeEscalation != false (container "server" must set securityContext.allowPrivilegeEscalation=false).',
    ],
    [
      "Error creating: pods \"x\" is forbidden: ValidatingAdmissionPolicy 'gpu-through-queue' with binding 'gpu-through-queue' denied request: GPUs go through the queue of the team.",
      'policy',
      'Rejected by a policy of the platform: GPUs go through the queue of the team.',
    ],
    [
      'Error creating: admission webhook "validate.kyverno.svc" denied the request: no latest tags',
      'policy',
      'Rejected by a policy of the platform: no latest tags.',
    ],
    [
      'Error creating: Internal error occurred: failed calling webhook "mpod.kb.io": failed to call webhook: Post "https://kueue-webhook-service.kueue-system.svc:443/mutate": dial tcp 10.96.1.2:443: connect: connection refused',
      'not-created',
      'An admission webhook of the cluster is unavailable, so no pods can be created. Kubernetes will retry. Contact the platform team if this persists.',
    ],
    [
      'Error creating: pods "x" is forbidden: error looking up service account app-ml-team-dev/scorer: serviceaccount "scorer" not found',
      'not-created',
      'The ServiceAccount scorer does not exist. Add it to the workload or correct its name.',
    ],
    [
      'Error creating: pods "x" is forbidden: no PriorityClass with name high was found',
      'not-created',
      'The PriorityClass high does not exist. Choose an existing one.',
    ],
    [
      'Error creating: pods "x" is forbidden: pod rejected: RuntimeClass "nvidia" not found',
      'not-created',
      'The RuntimeClass nvidia does not exist. Correct runtimeClassName, or ask the platform team for this runtime.',
    ],
    [
      'Error creating: pods "x" is forbidden: unable to create new content in namespace app-ml-team-dev because it is being terminated',
      'not-created',
      'The namespace app-ml-team-dev is being deleted, so nothing can be created in it.',
    ],
    [
      'Error creating job: Job.batch "x" is invalid: spec.template: Required value',
      'not-created',
      'Kubernetes could not create the Job: Job.batch "x" is invalid: spec.template: Required value.',
    ],
  ])('%s', (message, code, text) => {
    expect(creationReason(message, { namespace, quotas: [] })).toMatchObject({
      code,
      text,
    });
  });

  it('compares with the current use of the quota, and reports when there is room again', () => {
    const quotas = [
      resourceQuotaSchema.parse({
        metadata: { name: 'tenant' },
        status: {
          hard: { 'requests.cpu': '2' },
          used: { 'requests.cpu': '1' },
        },
      }),
    ];
    const message =
      'exceeded quota: tenant, requested: requests.cpu=600m, used: requests.cpu=600m, limited: requests.cpu=1';
    expect(creationReason(message, { namespace, quotas }).text).toBe(
      'Requests 0.6 CPUs, but the quota in app-ml-team-dev allows 2 and 1 is in use. There is room now; Kubernetes will retry within minutes.',
    );
  });

  // With an expression that takes the square of the length, this would take minutes.
  it('reads many long words', () => {
    const texts = Array.from(
      { length: 2_000 },
      () => creationReason('x'.repeat(10_000), { namespace, quotas: [] }).code,
    );
    expect(new Set(texts)).toEqual(new Set(['not-created']));
  });
});
