import { repositoryPath } from '@internal/plugin-ml-platform-common';
import type { Plan, PlannedEnvironment, PlannedTenant } from '../readPlan';
import { deployableKinds } from '../../validation/deployableKinds';
import { list, scalar } from './rendered';

/** The cluster of an Argo CD: each cluster has its own, which holds no credentials of another. */
export const IN_CLUSTER = 'https://kubernetes.default.svc';

/** Environments of a team among the given ones. */
export function environmentsOf(
  tenant: PlannedTenant,
  environments: PlannedEnvironment[],
): PlannedEnvironment[] {
  return environments.filter(({ name }) => name in tenant.environments);
}

/** The team's AppProject for a cluster with the given environments. */
export function appProject(
  plan: Plan,
  tenant: PlannedTenant,
  environments: PlannedEnvironment[],
): string {
  const destinations = environments
    .map(
      ({ namespaceSuffix }) =>
        `    - server: ${IN_CLUSTER}\n      namespace: ${tenant.name}${namespaceSuffix}\n`,
    )
    .join('');
  return `# Exact namespaces, listed kinds, none of them cluster-scoped or of Argo CD: a team's manifests cannot leave the team.
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata:
  name: ${tenant.name}
  namespace: argocd
spec:
  description: ${scalar(tenant.description)}
  sourceRepos:
    - ${plan.repositoryUrl}
  destinations:
${destinations}  clusterResourceWhitelist: []
  # The kinds of the repository check. Anything else is for the platform: quotas, queues, permissions, scan reports, Secrets, EndpointSlices.
  namespaceResourceWhitelist:
${list(
  deployableKinds.map(
    ({ group, kind }) => `{ group: ${group || `''`}, kind: ${kind} }`,
  ),
  4,
)}  orphanedResources:
    warn: false
`;
}

const PRODUCTION_POLICY = `  # Production is never deleted automatically: removing a directory leaves its Application behind, orphaned, for a person to delete.
  syncPolicy:
    preserveResourcesOnDeletion: true
    applicationsSync: create-update
`;

/** The team's ApplicationSets of an environment: one for services, one for training runs. */
export function teamApplicationSets(
  plan: Plan,
  tenant: PlannedTenant,
  environment: PlannedEnvironment,
): string {
  return `# Project and destination are written out: neither ever comes from a path that a team can write.
${teamApplicationSet(plan, tenant, environment, 'overlays')}---
# Training runs: immutable Jobs, one file each. No self-heal: a finished Job that somebody deletes is not started again.
${teamApplicationSet(plan, tenant, environment, 'runs')}`;
}

function teamApplicationSet(
  plan: Plan,
  tenant: PlannedTenant,
  environment: PlannedEnvironment,
  directory: 'overlays' | 'runs',
): string {
  const { name: team } = tenant;
  const { name, namespaceSuffix, production } = environment;
  const runs = directory === 'runs';
  const at = (path: string) => atRoot(plan, path);
  const workloads = at('gitops/workloads');
  const workload = `'{{index .path.segments ${segmentCount(workloads) + 1}}}'`;
  const applicationName = `'${team}--{{index .path.segments ${
    segmentCount(workloads) + 1
  }}}--${name}${runs ? '--runs' : ''}'`;
  return `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata:
  name: ${team}-${name}${runs ? '-runs' : ''}
  namespace: argocd
spec:
  goTemplate: true
  goTemplateOptions: [missingkey=error]
${production ? PRODUCTION_POLICY : ''}${gitGenerator(plan, [
    `${workloads}/${team}/*/${directory}/${name}`,
  ])}  template:
    metadata:
      name: ${applicationName}
      labels:
        ml-platform.io/team: ${team}
        ml-platform.io/workload: ${workload}
        ml-platform.io/environment: ${name}
${
  runs
    ? ''
    : `      annotations:
        argocd.argoproj.io/manifest-generate-paths: /{{.path.path}};../../base;../../dashboard;/${at(
          'gitops/components',
        )}
`
}    spec:
      project: ${team}
${source(plan)}${
    runs
      ? `        # Files alone: no other kind of source, and no other files than the check reads.
        directory:
          include: '*.yaml'
`
      : ''
  }      destination:
        server: ${IN_CLUSTER}
        namespace: ${team}${namespaceSuffix}
      syncPolicy:
        automated:
          prune: true
          selfHeal: ${!runs}
        # On a new cluster the namespace, and what guards it, may come up minutes later.
        retry:
          limit: 10
        syncOptions:
          - ServerSideApply=true
          - ${
            runs ? 'ApplyOutOfSyncOnly=true' : 'RespectIgnoreDifferences=true'
          }
`;
}

/** An ApplicationSet with one Application per cluster, for the platform's own objects. */
export function platformApplicationSet(
  plan: Plan,
  set: {
    comment: string;
    name: string;
    preserve: string;
    directories: string[];
    applicationName: string;
    labels?: string;
    prune: boolean;
  },
): string {
  return `# ${set.comment}
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata:
  name: ${set.name}
  namespace: argocd
spec:
  goTemplate: true
  goTemplateOptions: [missingkey=error]
  # ${set.preserve}
  syncPolicy:
    preserveResourcesOnDeletion: true
    applicationsSync: create-update
${gitGenerator(plan, set.directories)}  template:
    metadata:
      name: ${set.applicationName}
${set.labels ?? ''}    spec:
      project: platform
${source(plan)}      destination:
        server: ${IN_CLUSTER}
      syncPolicy:
        automated:
          prune: ${set.prune}
          selfHeal: true
        # On a new cluster, what defines and checks these objects may come up later than they do.
        retry:
          limit: 10
        syncOptions:
          - ServerSideApply=true
          - SkipDryRunOnMissingResource=true
`;
}

function gitGenerator(plan: Plan, directories: string[]): string {
  return `  generators:
    - git:
        repoURL: ${plan.repositoryUrl}
        revision: ${plan.repository.branch}
        requeueAfterSeconds: 20
        directories:
${list(
  directories.map(path => `path: ${path}`),
  10,
)}`;
}

function source(plan: Plan): string {
  return `      source:
        repoURL: ${plan.repositoryUrl}
        targetRevision: ${plan.repository.branch}
        path: '{{.path.path}}'
`;
}

/** A path relative to the repository's root. */
export function atRoot({ repository: { root } }: Plan, path: string): string {
  return repositoryPath(root, path);
}

/** Index of the segment that follows a path. */
export function segmentCount(path: string): number {
  return path.split('/').length;
}
