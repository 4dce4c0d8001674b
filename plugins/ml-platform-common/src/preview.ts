import { z } from 'zod';
import { changeSummarySchema } from './changeSummary';
import { destructiveChangeSchema } from './destructiveChanges';

const changedFileSchema = z.object({
  /** Relative to the repository's root, for example `infra/gitops/workloads/…`. */
  path: z.string(),
  change: z.enum(['added', 'modified', 'deleted']),
  /** Unified diff of this file as `git diff` prints it, header included. */
  diff: z.string(),
  additions: z.number().int(),
  deletions: z.number().int(),
});
export type ChangedFile = z.infer<typeof changedFileSchema>;

const fieldChangeSchema = z.object({
  /** For example `spec.template.spec.containers[server].image`. */
  path: z.string(),
  /** Shortened text of the value; absent where there was none. */
  before: z.string().optional(),
  after: z.string().optional(),
});
export type FieldChange = z.infer<typeof fieldChangeSchema>;

/** An object of the `kustomize build`, and its change. */
const renderedObjectSchema = z.object({
  /** Empty for objects of all environments. */
  environment: z.string(),
  apiVersion: z.string(),
  kind: z.string(),
  namespace: z.string().optional(),
  name: z.string(),
  change: z.enum(['added', 'modified', 'deleted']),
  yaml: z.string(),
  /** Fields that differ, of a modified object. */
  fields: z.array(fieldChangeSchema),
});
export type RenderedObject = z.infer<typeof renderedObjectSchema>;

export const problemSubjectSchema = z.enum([
  'confirmation',
  'gpus',
  'image',
  'model-location',
  'name',
  'size',
  'storage',
]);
/** The input of a form that a problem is about. */
export type ProblemSubject = z.infer<typeof problemSubjectSchema>;

const formFieldSchema = z.object({
  /** As the form shows it. */
  title: z.string(),
  /** Title of its page. */
  page: z.string(),
});
export type FormField = z.infer<typeof formFieldSchema>;

const checkResultSchema = z.object({
  /** Stable, for example `paths` or `kustomize-build`. */
  id: z.string(),
  title: z.string(),
  /** `cluster-only`: only the API server can decide, after the merge. */
  status: z.enum(['passed', 'failed', 'skipped', 'cluster-only']),
  /** Problems and their solutions when failed; the reason when skipped or `cluster-only`; notes when passed. */
  messages: z.array(
    z.object({
      path: z.string().optional(),
      text: z.string(),
      /** Kind of the Kubernetes object that the text is about. */
      kind: z.string().optional(),
      subject: problemSubjectSchema.optional(),
      /** Field of the form for the subject; in a preview only. */
      field: formFieldSchema.optional(),
    }),
  ),
});
export type CheckResult = z.infer<typeof checkResultSchema>;

/** Output of `ml-platform:gitops:validate`. */
export const validationReportSchema = z.object({
  /** Commit of the platform repository that the report is based on. */
  baseCommit: z.string(),
  /** SHA-256 of the change's diff (paths, modes, contents); the task compares it with its own. */
  digest: z.string(),
  files: z.array(changedFileSchema),
  objects: z.array(renderedObjectSchema),
  destructive: z.array(destructiveChangeSchema),
  checks: z.array(checkResultSchema),
  summary: changeSummarySchema,
});
export type ValidationReport = z.infer<typeof validationReportSchema>;

/** Reference of a template; kind and namespace may be left out. */
export const templateRefSchema = z
  .string()
  .max(200)
  .regex(/^(template:)?([a-z0-9._-]+\/)?[a-z0-9._-]+$/i);

/** `POST /preview`. */
export const previewRequestSchema = z.object({
  templateRef: templateRefSchema,
  values: z.record(z.string(), z.unknown()),
});
export type PreviewRequest = z.infer<typeof previewRequestSchema>;

export const previewSchema = z.object({
  report: validationReportSchema,
  pullRequest: z.object({
    title: z.string(),
    body: z.string(),
    branch: z.string(),
    /** An open pull request for the same target. */
    existing: z
      .object({
        url: z.string(),
        number: z.number().int(),
        requester: z.string(),
      })
      .optional(),
  }),
  asOf: z.iso.datetime(),
});
export type Preview = z.infer<typeof previewSchema>;
