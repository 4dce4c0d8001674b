import type { HealthCode } from '@internal/plugin-ml-platform-common';
import {
  kueueWorkloadSchema,
  podSpecSchema,
  resourceQuotaSchema,
} from '@internal/plugin-ml-platform-node';
import { requestedAmount } from './requestedAmount';
import { containerReason } from './containerReason';
import { creationReason } from './creationReason';
import { probeReason } from './probeReason';
import { queueReason } from './queueReason';
import { schedulingReason } from './schedulingReason';
import { volumeReason } from './volumeReason';

/** A message as Kubernetes, the kubelet or Kueue writes it, and what a person reads of it. */
type Case = [message: string, code: HealthCode, text: string];

const asks = requestedAmount(
  podSpecSchema.parse({
    containers: [
      {
        name: 'server',
        resources: {
          requests: { cpu: '1500m', memory: '8Gi' },
          limits: { 'nvidia.com/gpu': '8' },
        },
      },
      { name: 'proxy', resources: { requests: { cpu: '500m' } } },
    ],
  }),
);
const PREEMPTION =
  ' no new claims to deallocate, preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.';

describe('schedulingReason', () => {
  it.each<Case>([
    [
      `0/3 nodes are available: 3 Insufficient nvidia.com/gpu.${PREEMPTION}`,
      'no-free-gpu',
      'Asks for 8 GPUs, and no node can take it: 3 of 3 nodes have too few free GPUs. Ask for fewer GPUs, or wait until another workload gives some back.',
    ],
    [
      '0/1 nodes are available: 1 Insufficient nvidia.com/gpu. preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod..',
      'no-free-gpu',
      'Asks for 8 GPUs, and no node can take it: 1 of 1 node has too few free GPUs. Ask for fewer GPUs, or wait until another workload gives some back.',
    ],
    [
      `0/6 nodes are available: 1 node(s) had untolerated taint(s), 2 Insufficient cpu, 3 Insufficient nvidia.com/gpu.${PREEMPTION}`,
      'no-free-gpu',
      'Asks for 8 GPUs, and no node can take it: 1 of 6 nodes is kept for other workloads (taint), 2 of 6 nodes have too little free CPU and 3 of 6 nodes have too few free GPUs. Ask for fewer GPUs, or wait until another workload gives some back.',
    ],
    [
      '0/4 nodes are available: 4 Insufficient nvidia.com/mig-1g.5gb.',
      'no-free-gpu',
      'No node can take it: 4 of 4 nodes have too few free GPUs. Ask for fewer GPUs, or wait until another workload gives some back.',
    ],
    [
      '0/4 nodes are available: 1 node(s) had untolerated taint(s), 3 Insufficient cpu.',
      'insufficient-cpu',
      'Asks for 2 CPUs, and no node can take it: 1 of 4 nodes is kept for other workloads (taint) and 3 of 4 nodes have too little free CPU. Ask for less, or wait until another workload ends.',
    ],
    [
      '0/2 nodes are available: 2 Insufficient cpu, 2 Insufficient memory.',
      'insufficient-memory',
      'Asks for 8 GiB memory, and no node can take it: 2 of 2 nodes have too little free CPU and 2 of 2 nodes have too little free memory. Ask for less, or wait until another workload ends.',
    ],
    [
      '0/2 nodes are available: 2 Insufficient ephemeral-storage.',
      'insufficient-resources',
      'No node can take it: 2 of 2 nodes have too little free temporary disk space. Ask for less, or wait until another workload ends.',
    ],
    [
      '0/5 nodes are available: 5 Too many pods.',
      'insufficient-resources',
      'No node can take it: 5 of 5 nodes run as many pods as they may. Wait until another workload ends, or run fewer pods.',
    ],
    [
      '0/1 nodes are available: 1 node(s) had untolerated taint {gpu: }. preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling..',
      'taints',
      'No node can take it: 1 of 1 node is kept for other workloads (taint gpu). Only workloads with a matching toleration run there. Choose another size or kind of node, or ask the platform team.',
    ],
    [
      '0/3 nodes are available: 3 node(s) had untolerated taint {nvidia.com/gpu: present}.',
      'taints',
      'No node can take it: 3 of 3 nodes are kept for other workloads (taint nvidia.com/gpu=present). Only workloads with a matching toleration run there. Choose another size or kind of node, or ask the platform team.',
    ],
    [
      "0/3 nodes are available: 3 node(s) had taints that the pod didn't tolerate.",
      'taints',
      'No node can take it: 3 of 3 nodes are kept for other workloads (taint). Only workloads with a matching toleration run there. Choose another size or kind of node, or ask the platform team.',
    ],
    [
      '0/1 nodes are available: 1 node(s) had untolerated taint {node.kubernetes.io/not-ready: }.',
      'taints',
      'No node can take it: 1 of 1 node is not ready. Wait until nodes are back. Tell the platform team if this lasts.',
    ],
    [
      '0/2 nodes are available: 1 node(s) had untolerated taint {node.kubernetes.io/disk-pressure: }, 1 node(s) were unschedulable.',
      'taints',
      'No node can take it: 1 of 2 nodes runs out of disk space and 1 of 2 nodes is closed for maintenance. Tell the platform team if this lasts.',
    ],
    [
      "0/2 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, 1 node(s) had untolerated taint(s). preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.",
      'node-selector',
      'No node can take it: 1 of 2 nodes is not of the kind it asks for (node selector) and 1 of 2 nodes is kept for other workloads (taint). Check the node selector or affinity of the workload: no node has these labels and room.',
    ],
    [
      "0/3 nodes are available: 3 node(s) didn't match pod topology spread constraints.",
      'placement',
      'No node can take it: 3 of 3 nodes have too many of its pods already (spread rule). Run fewer pods, or loosen the spread rule.',
    ],
    [
      "0/3 nodes are available: 3 node(s) didn't match pod anti-affinity rules.",
      'placement',
      'No node can take it: 3 of 3 nodes run pods that it must not share a node with (anti-affinity). Run fewer pods, or loosen the anti-affinity.',
    ],
    [
      "0/6 nodes are available: 3 node(s) didn't match pod affinity rules, 3 node(s) had untolerated taint(s).",
      'placement',
      'No node can take it: 3 of 6 nodes lack the pod that it must be beside (affinity) and 3 of 6 nodes are kept for other workloads (taint). Check the affinity of the workload.',
    ],
    [
      "0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports.",
      'placement',
      'No node can take it: 1 of 1 node has its port in use. Do not use a host port, or run fewer pods.',
    ],
    [
      `0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims.${PREEMPTION}`,
      'volume',
      'No node can take it. Its volume claim has no volume yet. Check the storage class and the size that it asks for.',
    ],
    [
      '0/3 nodes are available: persistentvolumeclaim "data" not found. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.',
      'volume',
      'No node can take it. The volume claim data does not exist. Add it to the workload, or correct its name.',
    ],
    [
      '0/3 nodes are available: 3 node(s) had volume node affinity conflict.',
      'volume',
      'No node can take it: 3 of 3 nodes cannot reach its volume. Its volume is tied to nodes or a zone that have no room. Tell the platform team if this lasts.',
    ],
    [
      '0/2 nodes are available: 2 cannot allocate all claims. still not schedulable, preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.',
      'no-free-gpu',
      'No node can take it: 2 of 2 nodes have no free device that fits. Ask for less, or wait until another workload ends.',
    ],
    [
      'no nodes available to schedule pods',
      'unschedulable',
      'The cluster has no node that takes workloads. Tell the platform team if this lasts.',
    ],
    [
      '0/3 nodes are available: 3 something new in Kubernetes 1.40.',
      'unschedulable',
      'No node takes it yet: 0/3 nodes are available: 3 something new in Kubernetes 1.40.',
    ],
  ])('%s', (message, code, text) => {
    expect(schedulingReason(message, asks)).toEqual({ code, text });
  });
});

describe('creationReason', () => {
  const namespace = 'app-ml-team-dev';
  it.each<Case>([
    [
      'Error creating: pods "squeezed-5d8f-x2x" is forbidden: exceeded quota: tenant, requested: requests.cpu=600m, used: requests.cpu=600m, limited: requests.cpu=1',
      'quota-exceeded',
      'Asks for 0.6 CPUs; the quota of app-ml-team-dev allows 1 CPU and 0.6 are in use. Ask for less, remove what is not needed, or ask for more quota.',
    ],
    [
      'pods "a-1" is forbidden: exceeded quota: gpus, requested: requests.nvidia.com/gpu=4, used: requests.nvidia.com/gpu=6, limited: requests.nvidia.com/gpu=8',
      'quota-exceeded',
      'Asks for 4 GPUs; the quota of app-ml-team-dev allows 8 GPUs and 6 are in use. Ask for less, remove what is not needed, or ask for more quota.',
    ],
    [
      'create Pod web-0 in StatefulSet web failed error: pods "web-0" is forbidden: exceeded quota: tenant, requested: limits.memory=16Gi,requests.memory=8Gi, used: limits.memory=20Gi,requests.memory=20Gi, limited: limits.memory=32Gi,requests.memory=24Gi',
      'quota-exceeded',
      'Asks for 16 GiB memory (limit) and 8 GiB memory; the quota of app-ml-team-dev allows 32 GiB memory (limit) (20 GiB in use) and 24 GiB memory (20 GiB in use). Ask for less, remove what is not needed, or ask for more quota.',
    ],
    [
      'pods "a" is forbidden: exceeded quota: tenant, requested: pods=1, used: pods=40, limited: pods=40',
      'quota-exceeded',
      'Asks for 1 pod; the quota of app-ml-team-dev allows 40 pods and 40 are in use. Ask for less, remove what is not needed, or ask for more quota.',
    ],
    [
      'Error creating: pods "x" is forbidden: failed quota: tenant: must specify limits.cpu for: server; limits.memory for: server',
      'quota-exceeded',
      'The quota of app-ml-team-dev needs every container to say what it asks for. Add limits.cpu for: server; limits.memory for: server.',
    ],
    [
      'Error creating: pods "x" is forbidden: [maximum cpu usage per Container is 2, but limit is 4, maximum memory usage per Container is 1Gi, but limit is 2Gi]',
      'limit-range',
      'Outside the limits of app-ml-team-dev: maximum cpu usage per Container is 2, but limit is 4; maximum memory usage per Container is 1Gi, but limit is 2Gi. Change what the container asks for.',
    ],
    [
      'Error creating: pods "x" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false (container "server" must set securityContext.allowPrivilegeEscalation=false)',
      'policy',
      'Refused by the security rules of the platform (restricted): allowPrivilegeEscalation != false (container "server" must set securityContext.allowPrivilegeEscalation=false).',
    ],
    [
      "Error creating: pods \"x\" is forbidden: ValidatingAdmissionPolicy 'gpu-through-queue' with binding 'gpu-through-queue' denied request: GPUs go through the queue of the team.",
      'policy',
      'Refused by a rule of the platform: GPUs go through the queue of the team.',
    ],
    [
      'Error creating: admission webhook "validate.kyverno.svc" denied the request: no latest tags',
      'policy',
      'Refused by a rule of the platform: no latest tags.',
    ],
    [
      'Error creating: Internal error occurred: failed calling webhook "mpod.kb.io": failed to call webhook: Post "https://kueue-webhook-service.kueue-system.svc:443/mutate": dial tcp 10.96.1.2:443: connect: connection refused',
      'not-created',
      'A check of the cluster does not answer, so that no pods can be made. Kubernetes tries again; tell the platform team if this lasts.',
    ],
    [
      'Error creating: pods "x" is forbidden: error looking up service account app-ml-team-dev/scorer: serviceaccount "scorer" not found',
      'not-created',
      'The service account scorer does not exist. Add it to the workload, or correct its name.',
    ],
    [
      'Error creating: pods "x" is forbidden: no PriorityClass with name high was found',
      'not-created',
      'The priority class high does not exist. Choose one that the platform has.',
    ],
  ])('%s', (message, code, text) => {
    expect(creationReason(message, { namespace, quotas: [] })).toMatchObject({
      code,
      text,
    });
  });

  it('tells what of the quota is in use now, and that there is room again', () => {
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
      'Asks for 0.6 CPUs; the quota of app-ml-team-dev allows 2 CPUs and 1 is in use. There is room now: Kubernetes tries again within minutes.',
    );
  });
});

describe('probeReason', () => {
  it.each([
    [
      'Readiness probe failed: HTTP probe failed with statuscode: 503',
      'Container server fails its readiness probe, so it gets no requests: it answers with HTTP status 503. Look at its logs.',
    ],
    [
      'Liveness probe failed: Get "http://10.244.0.12:8080/healthz": dial tcp 10.244.0.12:8080: connect: connection refused',
      'Container server fails its liveness probe, so it is restarted: nothing listens on port 8080. Check the port, and whether the server has started.',
    ],
    [
      'Startup probe failed: Get "http://10.244.0.12:8080/v2/health/ready": context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
      'Container server fails its startup probe, so it is restarted: it does not answer on /v2/health/ready in time. It may need longer to start (a model that loads), more CPU, or a longer timeout of the probe.',
    ],
    [
      'Readiness probe failed: dial tcp 10.0.1.7:9000: i/o timeout',
      'Container server fails its readiness probe, so it gets no requests: it does not answer in time. It may need longer to start (a model that loads), more CPU, or a longer timeout of the probe.',
    ],
    [
      'Readiness probe failed: timeout: failed to connect service "10.0.1.7:8001" within 1s: context deadline exceeded',
      'Container server fails its readiness probe, so it gets no requests: it does not answer in time. It may need longer to start (a model that loads), more CPU, or a longer timeout of the probe.',
    ],
    [
      'Readiness probe failed: service unhealthy (responded with "NOT_SERVING")',
      'Container server fails its readiness probe, so it gets no requests: its gRPC health service says NOT_SERVING. Look at its logs.',
    ],
    [
      'Liveness probe failed: cat: /tmp/healthy: No such file or directory\n',
      'Container server fails its liveness probe, so it is restarted: cat: /tmp/healthy: No such file or directory.',
    ],
    [
      'Readiness probe errored and resulted in unknown state: rpc error: code = Unknown desc = command timed out',
      'Container server fails its readiness probe, so it gets no requests: it does not answer in time. It may need longer to start (a model that loads), more CPU, or a longer timeout of the probe.',
    ],
    [
      'Readiness probe failed: ',
      'Container server fails its readiness probe, so it gets no requests: the command of the probe fails. Look at its logs.',
    ],
  ])('%s', (message, text) => {
    expect(probeReason(message, 'server')).toEqual({
      code: 'probe-failing',
      text,
    });
  });

  it('leaves other messages alone', () => {
    expect(probeReason('Back-off restarting', 'server')).toBeUndefined();
  });
});

describe('volumeReason', () => {
  it.each([
    [
      'MountVolume.SetUp failed for volume "config" : configmap "scorer-config" not found',
      'The ConfigMap scorer-config does not exist. Add it to the workload, or correct its name.',
    ],
    [
      'MountVolume.SetUp failed for volume "server-certificate" : secret "cert" not found',
      'The Secret cert does not exist. Add it to the workload, or correct its name.',
    ],
    [
      'MountVolume.SetUp failed for volume "config-volume" : configmap references non-existent config key: missing-key',
      'It mounts the key missing-key, which its ConfigMap or Secret does not have. Add the key, or correct its name.',
    ],
    [
      'Multi-Attach error for volume "pvc-9dbdb7f1" Volume is already exclusively attached to one node and can\'t be attached to another',
      'Volume pvc-9dbdb7f1 is still attached to another node. Only one node can have it: wait until the old pod has ended, or run one pod with the Recreate strategy.',
    ],
    [
      'Unable to attach or mount volumes: unmounted volumes=[data], unattached volumes=[], failed to process volumes=[]: timed out waiting for the condition',
      'The node waits in vain for the volumes data. Tell the platform team if this lasts.',
    ],
    [
      'AttachVolume.Attach failed for volume "pvc-1" : rpc error: code = Internal desc = Could not attach volume "vol-0a1" to node "i-0b2"',
      'Volume pvc-1 cannot be mounted: Could not attach volume "vol-0a1" to node "i-0b2".',
    ],
    [
      'MountVolume.SetUp failed for volume "nfs" : mount failed: exit status 32, mount.nfs: access denied by server while mounting 10.1.2.3:/exports',
      'Volume nfs may not be used from here: exit status 32, mount.nfs: access denied by server while mounting (address):/exports.',
    ],
  ])('%s', (message, text) => {
    expect(volumeReason(message)).toMatchObject({ code: 'volume', text });
  });
});

describe('containerReason', () => {
  const status = { ready: false, restartCount: 4, name: 'server' };
  const waiting = (reason: string, message?: string) => ({
    ...status,
    image: 'ghcr.io/acme/scorer:1.0.0',
    state: { waiting: { reason, message } },
  });
  const terminated = (exitCode: number, reason?: string) => ({
    ...status,
    state: { terminated: { exitCode, reason } },
  });
  it.each<[Parameters<typeof containerReason>[0], HealthCode, string]>([
    [
      waiting(
        'ErrImagePull',
        'rpc error: code = NotFound desc = failed to pull and unpack image "ghcr.io/acme/scorer:1.0.0": failed to resolve reference: ghcr.io/acme/scorer:1.0.0: not found',
      ),
      'image-pull',
      'Cannot pull image ghcr.io/acme/scorer:1.0.0: the registry has no such image. Check name and tag, and whether it was pushed.',
    ],
    [
      waiting(
        'ImagePullBackOff',
        'Back-off pulling image "ghcr.io/acme/scorer:1.0.0": ErrImagePull: failed to authorize: failed to fetch anonymous token: unexpected status: 401 Unauthorized',
      ),
      'image-pull',
      'Cannot pull image ghcr.io/acme/scorer:1.0.0: the registry refuses it: the image does not exist, or the cluster may not read it. Check the name, and the access to the registry.',
    ],
    [
      waiting(
        'ErrImagePull',
        'toomanyrequests: You have reached your pull rate limit.',
      ),
      'image-pull',
      'Cannot pull image ghcr.io/acme/scorer:1.0.0: the registry allows no more pulls for now. It is tried again; use the company registry if this lasts.',
    ],
    [
      waiting('ErrImagePull', 'dial tcp 10.2.3.4:443: i/o timeout'),
      'image-pull',
      'Cannot pull image ghcr.io/acme/scorer:1.0.0: the registry cannot be reached. It is tried again; tell the platform team if this lasts.',
    ],
    [
      waiting('ErrImagePull', 'no match for platform in manifest: not found'),
      'image-pull',
      'Cannot pull image ghcr.io/acme/scorer:1.0.0: it is not built for the processors of the nodes. Build it for linux/amd64 as well.',
    ],
    [
      waiting('InvalidImageName', 'couldn\'t parse image name "A:b:c"'),
      'image-pull',
      'Cannot pull image ghcr.io/acme/scorer:1.0.0: this is no valid name of an image. Correct it.',
    ],
    [
      waiting('CreateContainerConfigError', 'secret "db" not found'),
      'config-error',
      'Container server cannot start: the Secret db does not exist. Add it, or correct its name.',
    ],
    [
      waiting(
        'CreateContainerConfigError',
        "couldn't find key url in Secret app-ml-team-dev/db",
      ),
      'config-error',
      'Container server cannot start: the Secret db has no key url. Add the key, or correct its name.',
    ],
    [
      waiting(
        'CreateContainerConfigError',
        'container has runAsNonRoot and image will run as root (pod: "a_b(1)", container: server)',
      ),
      'config-error',
      'Container server cannot start: its image runs as root, which is not allowed here. Set a user in the image, or runAsUser.',
    ],
    [
      waiting(
        'RunContainerError',
        'failed to create containerd task: OCI runtime create failed: runc create failed: unable to start container process: exec: "/app/serve": stat /app/serve: no such file or directory: unknown',
      ),
      'start-failed',
      'Container server cannot start: its command /app/serve cannot be run (no such file or directory). Check the command and the image.',
    ],
    [
      terminated(137, 'OOMKilled'),
      'container-failed',
      'Container server ended with exit code 137, out of memory. It needs more memory than its limit: raise the limit, or use less (a smaller batch, fewer workers).',
    ],
    [
      terminated(139, 'Error'),
      'container-failed',
      'Container server ended with exit code 139, segmentation fault. Look at its logs.',
    ],
    [
      {
        ...waiting('CrashLoopBackOff', 'back-off 5m0s restarting failed'),
        lastState: { terminated: { exitCode: 137, reason: 'OOMKilled' } },
      },
      'crash-loop',
      'Container server crashes again and again: 4 restarts, last with exit code 137, out of memory. It needs more memory than its limit: raise the limit, or use less (a smaller batch, fewer workers).',
    ],
  ])('%j', (container, code, text) => {
    expect(containerReason(container)).toEqual({ code, text });
  });

  it.each([
    { ...status, state: { terminated: { exitCode: 0 } } },
    { ...status, state: { running: {} } },
    waiting('ContainerCreating'),
    waiting('PodInitializing'),
    status,
  ])('has nothing against %j', container => {
    expect(containerReason(container)).toBeUndefined();
  });
});

describe('queueReason', () => {
  const place = { queue: 'app-ml-team', position: 2, length: 5 };
  const workload = (message: string, reason = 'Pending', spec = {}) =>
    kueueWorkloadSchema.parse({
      metadata: { name: 'job-train' },
      spec: { queueName: 'app-ml-team', ...spec },
      status: {
        conditions: [
          { type: 'QuotaReserved', status: 'False', reason, message },
        ],
      },
    });
  it.each([
    [
      "couldn't assign flavors to pod set main: insufficient unused quota for nvidia.com/gpu in flavor gpu, 2 more needed",
      'Waits for 2 more free GPUs (gpu).',
    ],
    [
      "couldn't assign flavors to pod set main: insufficient unused quota for cpu in flavor a100, 2 more needed, insufficient unused quota for memory in flavor a100, 2Gi more needed",
      'Waits for 2 more free CPUs (a100) and 2 GiB more free memory (a100).',
    ],
    [
      "couldn't assign flavors to pod set main: insufficient unused quota for cpu in flavor default, 5 more needed. Pending the preemption of 1 workload(s)",
      'Waits until 1 run of lower priority has made room.',
    ],
    [
      "couldn't assign flavors to pod set main: insufficient quota for nvidia.com/gpu in flavor gpu, previously considered podsets requests (0) + current podset request (16) > maximum capacity (8)",
      'It can never start: it asks for 16 GPUs, and the queue has 8 in all. Ask for less.',
    ],
    [
      "couldn't assign flavors to pod set main: insufficient quota for nvidia.com/gpu in flavor gpu, request > maximum capacity (24 > 16)",
      'It can never start: it asks for 24 GPUs, and the queue has 16 in all. Ask for less.',
    ],
    [
      "LocalQueue app-mll doesn't exist",
      "LocalQueue app-mll doesn't exist. Correct the name of the queue.",
    ],
    [
      'ClusterQueue app-ml-team is inactive',
      'The queue is closed for now. Ask the platform team.',
    ],
    [
      'waiting for all admitted workloads to be in PodsReady condition',
      'Waits until the pods of runs before it are ready.',
    ],
    ['', 'Waits for its turn.'],
  ])('%s', (message, text) => {
    expect(queueReason(workload(message), place)).toEqual({
      code: 'queue',
      text: `Number 2 of 5 in the queue app-ml-team. ${text}`,
    });
  });

  it('tells that it was taken out', () => {
    expect(
      queueReason(workload('', 'Inadmissible', { active: false }), undefined)
        .text,
    ).toBe('Taken out of the queue. Start it again as a new run.');
  });

  it('tells what it waits for once it has its place', () => {
    const reserved = kueueWorkloadSchema.parse({
      metadata: { name: 'job-train' },
      status: {
        conditions: [{ type: 'QuotaReserved', status: 'True' }],
        admissionChecks: [
          { name: 'dws-prov', state: 'Pending', message: 'Provisioning nodes' },
        ],
      },
    });
    expect(queueReason(reserved, undefined).text).toBe(
      'Has its place, and waits for the check dws-prov: Provisioning nodes.',
    );
  });
});
