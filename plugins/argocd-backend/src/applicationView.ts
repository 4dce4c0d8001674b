import {
  redactAddresses,
  type StoredObject,
} from '@internal/plugin-ml-platform-node';
import { z } from 'zod';

/** The name under which the cards know our only Argo CD. */
export const INSTANCE_NAME = 'argocd';

const text = z.string().optional();

const sourceSchema = z.object({
  repoURL: text,
  path: text,
  chart: text,
  targetRevision: text,
});

const historySchema = z.object({
  id: z.number().optional(),
  revision: text,
  revisions: z.array(z.string()).optional(),
  source: sourceSchema.optional(),
  sources: z.array(sourceSchema).optional(),
  deployStartedAt: text,
  deployedAt: text,
});

/** What the cards read of an Application; the rest stays here. */
const applicationSchema = z.object({
  metadata: z.object({
    name: z.string(),
    namespace: z.string(),
    labels: z.record(z.string(), z.string()).default({}),
  }),
  spec: z.object({
    project: z.string(),
    source: sourceSchema.optional(),
    sources: z.array(sourceSchema).optional(),
    destination: z
      .object({ server: text, name: text, namespace: text })
      .optional(),
  }),
  status: z
    .object({
      sync: z.object({ status: z.string(), revision: text }).optional(),
      health: z.object({ status: z.string() }).optional(),
      summary: z.object({ images: z.array(z.string()).optional() }).optional(),
      operationState: z
        .object({
          phase: text,
          startedAt: z.string(),
          finishedAt: text,
        })
        .optional(),
      conditions: z
        .array(
          z.object({
            type: z.string(),
            message: z.string(),
            lastTransitionTime: text,
          }),
        )
        .optional(),
      history: z.array(historySchema).optional(),
    })
    .default({}),
});
export type Application = z.infer<typeof applicationSchema>;

export function parseApplication(
  object: StoredObject,
): Application | undefined {
  return applicationSchema.safeParse(object).data;
}

/** An Application in the form that Roadie's cards decode: sync and health are always there. */
export function toView(application: Application) {
  const { metadata, spec, status } = application;
  return {
    metadata: { ...metadata, instance: { name: INSTANCE_NAME } },
    spec: {
      ...spec,
      source: spec.source && withoutUserInfo(spec.source),
      sources: spec.sources?.map(withoutUserInfo),
    },
    status: {
      ...status,
      sync: status.sync ?? { status: 'Unknown' },
      health: status.health ?? { status: 'Unknown' },
      conditions: status.conditions?.map(condition => ({
        ...condition,
        message: redactAddresses(condition.message),
      })),
      history: status.history ?? [],
    },
  };
}

/** Commits that the Application has or had deployed. */
export function deployedRevisions({ status }: Application): Set<string> {
  const { history = [], sync } = status;
  return new Set(
    [
      sync?.revision,
      ...history.flatMap(({ revision, revisions = [] }) => [
        revision,
        ...revisions,
      ]),
    ].filter(revision => revision !== undefined),
  );
}

/** People write credentials into repository URLs. */
function withoutUserInfo(source: z.infer<typeof sourceSchema>) {
  return {
    ...source,
    repoURL: source.repoURL?.replace(/^([a-z+]+:\/\/)[^/@]*@/i, '$1'),
  };
}
