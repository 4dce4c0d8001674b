import { TENANTS_DIRECTORY } from '@internal/plugin-ml-platform-common';
import type { Plan, PlannedTenant } from '../readPlan';
import { appProject, environmentsOf, teamApplicationSets } from './argocd';
import { kustomization, list, rendered, type RenderedFiles } from './rendered';

/** The directories of the teams in `gitops/tenants`. */
export function tenantFiles(plan: Plan): RenderedFiles {
  const files: RenderedFiles = new Map();
  for (const tenant of plan.tenants) {
    const directory = `${TENANTS_DIRECTORY}/${tenant.name}`;
    const environments = environmentsOf(tenant, plan.environments);
    const sets = environments.map(
      environment =>
        [
          `applicationset-${environment.name}.yaml`,
          teamApplicationSets(plan, tenant, environment),
        ] as const,
    );
    const argocd = `${directory}/argocd`;
    files.set(
      `${argocd}/kustomization.yaml`,
      kustomization(
        `resources:\n${list(['project.yaml', ...sets.map(([name]) => name)])}`,
      ),
    );
    files.set(
      `${argocd}/project.yaml`,
      rendered(appProject(plan, tenant, environments)),
    );
    for (const [name, content] of sets) {
      files.set(`${argocd}/${name}`, rendered(content));
    }
    files.set(`${directory}/base/kustomization.yaml`, base(tenant));
    for (const { name, namespaceSuffix } of environments) {
      const { tier } = tenant.environments[name];
      files.set(
        `${directory}/overlays/${name}/kustomization.yaml`,
        kustomization(`namespace: ${tenant.name}${namespaceSuffix}
resources:
  - ../../base
components:
  - ../../../../components/tier-${tier}
labels:
  - pairs:
      ml-platform.io/environment: ${name}
`),
      );
    }
    files.set(
      `${directory}/queue/kustomization.yaml`,
      kustomization('resources:\n  - clusterqueue.yaml\n'),
    );
    files.set(`${directory}/queue/clusterqueue.yaml`, clusterQueue(tenant));
  }
  return files;
}

function base({ name, group }: PlannedTenant): string {
  return kustomization(`components:
  - ../../../components/tenant
labels:
  - pairs:
      app.kubernetes.io/managed-by: ml-platform
      app.kubernetes.io/part-of: ${name}
      ml-platform.io/team: ${name}
patches:
  - target:
      kind: RoleBinding
      name: team-view
    patch: |-
      - op: replace
        path: /subjects/0/name
        value: ${group}
  - target:
      kind: LocalQueue
      name: team
    options:
      allowNameChange: true
    patch: |-
      - op: replace
        path: /metadata/name
        value: ${name}
      - op: replace
        path: /spec/clusterQueue
        value: ${name}
`);
}

function clusterQueue({ name, queue }: PlannedTenant): string {
  return rendered(`# The team's share of the GPUs, for all its environments together; once per cluster. Idle GPUs of other teams can be borrowed, and are
# given back when their owner asks.
apiVersion: kueue.x-k8s.io/v1beta2
kind: ClusterQueue
metadata:
  name: ${name}
  labels:
    app.kubernetes.io/managed-by: ml-platform
    app.kubernetes.io/part-of: ${name}
    ml-platform.io/team: ${name}
spec:
  cohortName: platform
  namespaceSelector:
    matchLabels:
      ml-platform.io/team: ${name}
  resourceGroups:
    - coveredResources: [cpu, memory]
      flavors:
        - name: default
          resources:
            - { name: cpu, nominalQuota: '${queue.cpu}' }
            - { name: memory, nominalQuota: ${queue.memory} }
    - coveredResources: [nvidia.com/gpu]
      flavors:
        - name: gpu
          resources:
            - { name: nvidia.com/gpu, nominalQuota: '${queue.gpus}' }
  preemption:
    reclaimWithinCohort: Any
    withinClusterQueue: LowerPriority
`);
}
