import { applicationSchema } from './applicationSchema';
import { conditionsProjector } from './conditions';
import type { Kind } from './Kind';
import {
  interned,
  keep,
  matching,
  message,
  pick,
  text,
  type Projector,
} from './projection/projector';

const sourceProjector = interned(
  pick({
    repoURL: keep,
    path: keep,
    chart: keep,
    targetRevision: keep,
    ref: keep,
  }),
);

const identity: Record<string, Projector> = {
  group: text,
  kind: text,
  name: keep,
};

/** Groups with a dot whose resources have no health that the portal could miss. */
const GROUPS_WITHOUT_HEALTH = [
  'networking.k8s.io',
  'rbac.authorization.k8s.io',
];

/** Results that say more than that a resource was applied. An Application can have hundreds of the others. */
function isNotableResult({
  status,
  hookPhase,
  hookType,
}: Record<string, unknown>): boolean {
  return (
    !['Synced', 'Pruned', '', undefined].includes(status as string) ||
    ['Failed', 'Error'].includes(hookPhase as string) ||
    Boolean(hookType)
  );
}

/** Returns true for a resource that is not healthy and synced, and for a custom resource whose health is unknown. */
function isNotableResource(resource: Record<string, unknown>): boolean {
  const { group, status, health } = resource;
  const healthStatus = (health as { status?: unknown } | undefined)?.status;
  return (
    status !== 'Synced' ||
    Boolean(
      resource.requiresPruning || resource.requiresDeletionConfirmation,
    ) ||
    (healthStatus === undefined
      ? String(group ?? '').includes('.') &&
        !GROUPS_WITHOUT_HEALTH.includes(String(group))
      : healthStatus !== 'Healthy')
  );
}

export const applicationKind = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  plural: 'applications',
  namespaced: true,
  schema: applicationSchema,
  projection: {
    spec: pick({
      project: text,
      source: sourceProjector,
      sources: sourceProjector,
      destination: interned(),
      syncPolicy: interned(pick({ automated: keep })),
    }),
    status: pick({
      sync: pick({
        status: text,
        revision: text,
        revisions: keep,
        comparedTo: pick({
          source: sourceProjector,
          sources: sourceProjector,
          destination: interned(),
        }),
      }),
      health: pick({ status: text, message, lastTransitionTime: keep }),
      summary: pick({ images: keep, externalURLs: keep }),
      reconciledAt: keep,
      resources: matching(
        isNotableResource,
        pick({
          ...identity,
          namespace: text,
          status: text,
          health: interned(pick({ status: keep, message })),
          requiresPruning: keep,
          requiresDeletionConfirmation: keep,
        }),
      ),
      operationState: pick({
        phase: text,
        message,
        startedAt: keep,
        finishedAt: keep,
        retryCount: keep,
        syncResult: pick({
          revision: text,
          revisions: keep,
          resources: matching(
            isNotableResult,
            pick({
              ...identity,
              status: text,
              message,
              hookType: text,
              hookPhase: text,
            }),
          ),
        }),
      }),
      conditions: conditionsProjector,
      history: pick({
        id: keep,
        revision: text,
        revisions: keep,
        source: sourceProjector,
        sources: sourceProjector,
        deployStartedAt: keep,
        deployedAt: keep,
      }),
      sourceHydrator: pick({
        currentOperation: pick({
          phase: text,
          message,
          finishedAt: keep,
        }),
        lastSuccessfulOperation: pick({ drySHA: text, hydratedSHA: text }),
      }),
    }),
  },
} satisfies Kind;
