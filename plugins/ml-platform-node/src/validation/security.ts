import {
  type CheckResult,
  imageProblem,
} from '@internal/plugin-ml-platform-common';
import { z } from 'zod';
import type { KubernetesObject } from '../kustomize';
import type { EnvironmentBuild } from './builds';
import type { Change } from './Change';
import { checkResult } from './checkResult';
import { objectMessages } from './objectMessages';
import { type Container, type PodSpec, podSpecOf } from './podSpecs';

/** What the namespaces enforce (the restricted Pod Security Standard), exact images, and declared resources. */
export function checkSecurity(
  change: Change,
  builds: EnvironmentBuild[],
): CheckResult {
  return checkResult(
    'security',
    'Pods are restricted, with exact images and declared resources',
    objectMessages(change, builds, object => [
      ...podProblems(object),
      ...serviceProblems(object),
    ]),
  );
}

function podProblems(object: KubernetesObject): string[] {
  const pod = podSpecOf(object);
  if (!pod) {
    return [];
  }
  if (!pod.success) {
    return [
      'its pod template cannot be read. Mend what the check of schemas says.',
    ];
  }
  const spec = pod.data;
  const problems = (['hostNetwork', 'hostPID', 'hostIPC'] as const)
    .filter(field => spec[field])
    .map(field => `${field} shares the node's own. Remove it.`);
  for (const volume of spec.volumes) {
    if (volume.hostPath !== undefined) {
      problems.push(
        `volume "${volume.name}" mounts a directory of the node. Use an emptyDir or a PersistentVolumeClaim.`,
      );
    }
  }
  for (const container of [...spec.initContainers, ...spec.containers]) {
    problems.push(
      ...containerProblems(container, spec).map(
        problem => `container "${container.name}": ${problem}`,
      ),
    );
  }
  return problems;
}

function containerProblems(container: Container, pod: PodSpec): string[] {
  const { securityContext, resources, ports } = container;
  const problems: Array<string | false | undefined> = [
    imageProblem(container.image),
    securityContext.privileged &&
      'privileged containers own the node. Remove `privileged`.',
    securityContext.allowPrivilegeEscalation !== false &&
      'set `securityContext.allowPrivilegeEscalation: false`.',
    (securityContext.runAsNonRoot ?? pod.securityContext.runAsNonRoot) !==
      true && 'set `securityContext.runAsNonRoot: true`.',
    (securityContext.runAsUser ?? pod.securityContext.runAsUser) === 0 &&
      'user 0 is root. Set `runAsUser` to another number, for example 10001.',
    !['RuntimeDefault', 'Localhost'].includes(
      (securityContext.seccompProfile ?? pod.securityContext.seccompProfile)
        ?.type ?? '',
    ) && 'set `securityContext.seccompProfile.type: RuntimeDefault`.',
    !securityContext.capabilities?.drop.includes('ALL') &&
      'set `securityContext.capabilities.drop: [ALL]`.',
    securityContext.capabilities?.add.some(
      capability => capability !== 'NET_BIND_SERVICE',
    ) && 'remove `securityContext.capabilities.add`.',
    ports.some(({ hostPort }) => hostPort !== undefined) &&
      'remove `hostPort`; a Service makes the port reachable.',
  ];
  for (const kind of ['requests', 'limits'] as const) {
    for (const resource of ['cpu', 'memory']) {
      problems.push(
        resources[kind][resource] === undefined &&
          `set \`resources.${kind}.${resource}\`.`,
      );
    }
  }
  return problems.filter(problem => typeof problem === 'string');
}

const serviceSchema = z.object({
  spec: z
    .object({
      type: z.string().default('ClusterIP'),
      externalIPs: z.array(z.string()).default([]),
    })
    .prefault({}),
});

function serviceProblems(object: KubernetesObject): string[] {
  if (object.kind !== 'Service') {
    return [];
  }
  const { spec } = serviceSchema.parse(object);
  return [
    ...(['NodePort', 'LoadBalancer', 'ExternalName'].includes(spec.type)
      ? [
          `type ${spec.type} leaves the cluster past the platform's gateway. Use ClusterIP.`,
        ]
      : []),
    ...(spec.externalIPs.length > 0 ? ['remove `externalIPs`.'] : []),
  ];
}
