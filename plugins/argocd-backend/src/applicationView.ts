import {
  redactAddresses,
  type StoredObject,
} from '@internal/plugin-ml-platform-node';
import { z } from 'zod';

/** Name of the only Argo CD instance in the cards' API. */
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

/** Fields of an Application that the cards use; all others are dropped. */
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

/** An Application as Roadie's cards decode it, with `sync` and `health` always set. */
export function toView(application: Application) {
  const { metadata, spec, status } = application;
  return {
    metadata: { ...metadata, instance: { name: INSTANCE_NAME } },
    spec: {
      ...spec,
      source: spec.source && redactUserInfo(spec.source),
      sources: spec.sources?.map(redactUserInfo),
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

/** Commits that the Application deploys now or deployed before. */
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

/** Removes the user info of a repository URL, which can hold credentials. */
function redactUserInfo(source: z.infer<typeof sourceSchema>) {
  return {
    ...source,
    repoURL: source.repoURL?.replace(/^([a-z+]+:\/\/)[^/@]*@/i, '$1'),
  };
}
