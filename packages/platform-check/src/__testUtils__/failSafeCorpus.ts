import { readFileSync } from 'node:fs';
import path from 'node:path';
import { applyPatch, type Operation } from 'fast-json-patch';
import { parse, stringify } from 'yaml';
import { z } from 'zod';

const corpus = path.resolve(__dirname, '../../corpus');

const patchSchema = z.array(z.looseObject({ op: z.string() })).default([]);
const versionSchema = z.strictObject({
  image: z.string().optional(),
  patch: patchSchema,
});

const caseSchema = versionSchema
  .extend({
    name: z.string(),
    base: z.string(),
    team: z.string().default('app-ml-team'),
    environment: z.enum(['dev', 'staging', 'uat', 'prod']),
    /** The namespace has the label of a restore. */
    restored: z.boolean().default(false),
    old: versionSchema.optional(),
    verdict: z.enum(['accepted', 'refused']),
    says: z.string().optional(),
    /** The only place that refuses it, and the reason. */
    only: z.literal('repository').optional(),
    because: z.string().optional(),
  })
  .refine(
    ({ only, because }) => (only === undefined) === (because === undefined),
  );

const parametersSchema = z.strictObject({
  reports: z.array(
    z.strictObject({
      image: z.string(),
      scanned: z.string().default('2026-01-01T00:00:00Z'),
      vulnerabilities: z.array(
        z.strictObject({
          id: z.string(),
          severity: z.string(),
          package: z.string(),
          fixed: z.string(),
          published: z.string(),
        }),
      ),
    }),
  ),
  exceptions: z.record(z.string(), z.array(z.looseObject({}))),
});

export interface FailSafeCase {
  name: string;
  team: string;
  environment: string;
  namespace: string;
  restored: boolean;
  /** `Kind name`, the start of messages. */
  object: string;
  text: string;
  oldText?: string;
  /** Words of the refusal; undefined if it is accepted. */
  refusal: Record<'cluster' | 'repository', string | undefined>;
}

/** Objects, before and after, with the verdict of the policy `fail-safe`. */
export function readFailSafeCases(): FailSafeCase[] {
  return z
    .array(caseSchema)
    .parse(parse(read('fail-safe/cases.yaml')))
    .map(({ name, base, team, environment, restored, old, ...entry }) => {
      const namespace =
        environment === 'prod' ? team : `${team}-${environment}`;
      const make = (version: z.infer<typeof versionSchema>) =>
        manifest(base, { name, namespace, team }, version);
      const { object, text } = make(entry);
      const says =
        entry.verdict === 'refused'
          ? entry.says ?? `is not newly deployed to ${environment}`
          : undefined;
      return {
        name,
        team,
        environment,
        namespace,
        restored,
        object,
        text,
        oldText: old && make(old).text,
        refusal: {
          repository: says,
          cluster: entry.only === 'repository' ? undefined : says,
        },
      };
    });
}

/** The parameters of all cases: reports as `kubectl` writes them, and files of exceptions. */
export function readFailSafeParameters() {
  const { reports, exceptions } = parametersSchema.parse(
    parse(read('fail-safe/parameters.yaml')),
  );
  return {
    reports: JSON.stringify({ items: reports.map(toReport) }),
    exceptions: Object.entries(exceptions).map(([team, entries]) => ({
      file: `${team}.yaml`,
      text: stringify({ exceptions: entries }),
    })),
  };
}

function toReport({
  image,
  scanned,
  vulnerabilities,
}: z.infer<typeof parametersSchema>['reports'][number]) {
  const [, server, repository, tag, digest] =
    /^([^/]+)\/([^:@]+)(?::(.+)|@(.+))$/.exec(image) ?? [];
  return {
    report: {
      updateTimestamp: scanned,
      registry: { server },
      artifact: { repository, tag, digest },
      vulnerabilities: vulnerabilities.map(found => ({
        vulnerabilityID: found.id,
        severity: found.severity,
        resource: found.package,
        fixedVersion: found.fixed,
        publishedDate: found.published,
      })),
    },
  };
}

function manifest(
  base: string,
  { name, namespace, team }: { name: string; namespace: string; team: string },
  { image, patch }: z.infer<typeof versionSchema>,
) {
  const object = parse(
    read(`bases/${base}.yaml`).replaceAll('app-ml-team', team),
  );
  object.metadata.name = name;
  object.metadata.namespace = namespace;
  const operations = [
    ...(image === undefined
      ? []
      : [{ op: 'replace', path: imagePath(object.kind), value: image }]),
    ...patch,
  ];
  applyPatch(object, operations as unknown as Operation[], true);
  return { object: `${object.kind} ${name}`, text: stringify(object) };
}

function imagePath(kind: string): string {
  const container = 'template/spec/containers/0/image';
  switch (kind) {
    case 'CronJob':
      return `/spec/jobTemplate/spec/${container}`;
    case 'JobSet':
      return `/spec/replicatedJobs/0/template/spec/${container}`;
    case 'TrainJob':
      return '/spec/trainer/image';
    default:
      return `/spec/${container}`;
  }
}

function read(file: string): string {
  return readFileSync(path.join(corpus, file), 'utf8');
}
