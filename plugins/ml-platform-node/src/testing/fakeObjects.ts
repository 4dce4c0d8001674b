import {
  ENVIRONMENT_LABEL,
  KUBERNETES_ID_LABEL,
  TEAM_LABEL,
  WORKLOAD_LABEL,
} from '@internal/plugin-ml-platform-common';
import type { FakeObject } from './FakeObject';

/** Creates objects with the labels of the platform. */
export const fakeObjects = {
  namespace: (team: string, environment: string, name: string): FakeObject => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      labels: { [TEAM_LABEL]: team, [ENVIRONMENT_LABEL]: environment },
    },
  }),

  application: (
    team: string,
    workload: string,
    environment: string,
    status: Record<string, unknown>,
  ): FakeObject => ({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name: `${team}--${workload}--${environment}`,
      namespace: 'argocd',
      labels: {
        [TEAM_LABEL]: team,
        [WORKLOAD_LABEL]: workload,
        [ENVIRONMENT_LABEL]: environment,
      },
    },
    spec: { project: team },
    status,
  }),

  appProject: (team: string, sourceNamespaces: string[]): FakeObject => ({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name: team, namespace: 'argocd' },
    spec: { sourceNamespaces },
  }),

  /** Adds the label of a workload, and optionally an owner reference, to an object. */
  ofWorkload: (
    workload: string,
    object: FakeObject,
    owner?: FakeObject,
  ): FakeObject => ({
    ...object,
    metadata: {
      uid: `${object.kind}/${object.metadata.namespace}/${object.metadata.name}`,
      creationTimestamp: '2026-11-20T10:00:00Z',
      labels: { [KUBERNETES_ID_LABEL]: workload },
      ...(owner && {
        ownerReferences: [
          {
            apiVersion: owner.apiVersion,
            kind: owner.kind,
            name: owner.metadata.name,
            uid: owner.metadata.uid,
            controller: true,
          },
        ],
      }),
      ...object.metadata,
    },
  }),
};
