import { Composer, type Document, Parser } from 'yaml';
import { z } from 'zod';
import { InputError } from '@backstage/errors';
import { KUBERNETES_YAML } from '../yaml/kubernetesYaml';
import { parseStrictYaml } from '../yaml/strictYaml';

const objectSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string().optional(),
    labels: z.record(z.string(), z.string()).optional(),
    annotations: z.record(z.string(), z.string()).optional(),
  }),
});

/** Fields that all Kubernetes objects have, and any others. */
export type KubernetesObject = z.infer<typeof objectSchema>;

/**
 * Parses a stream of YAML documents into Kubernetes objects.
 *
 * @throws InputError for invalid YAML, and for documents that are not Kubernetes objects.
 */
export function parseObjects(text: string): KubernetesObject[] {
  return [...objectsIn(text)];
}

/** Parses like `parseObjects`, one document after the other, so that the caller can do something else in between. */
export function* objectsIn(text: string): Generator<KubernetesObject> {
  let number = 0;
  const composer = new Composer(KUBERNETES_YAML);
  for (const document of composer.compose(new Parser().parse(text))) {
    if (document.contents !== null) {
      number += 1;
      yield parseObject(document, number);
    }
  }
}

function parseObject(document: Document.Parsed, number: number) {
  if (document.errors.length > 0) {
    throw new InputError(document.errors[0].message);
  }
  return toObject(plainValue(document), number - 1);
}

function plainValue(document: Document.Parsed): unknown {
  try {
    return document.toJS();
  } catch (error) {
    // An unresolved alias, or aliases that multiply.
    throw new InputError(
      `This YAML cannot be read: ${
        error instanceof Error ? error.message : error
      }.`,
    );
  }
}

/** Manifests that are larger fit into no etcd. */
export const MANIFEST_BYTES = 1024 * 1024;

/**
 * Parses a file that Argo CD applies as it is, and refuses text that it could read in another way.
 *
 * @throws InputError
 */
export function parseManifestFile(text: string): KubernetesObject[] {
  const parsed = parseStrictYaml(text, {
    maxBytes: MANIFEST_BYTES,
    aliases: true,
    documents: true,
  });
  if ('problem' in parsed) {
    const { line, advice } = parsed.problem;
    throw new InputError(`Line ${line}: ${advice}`);
  }
  return parsed.values.filter(value => value !== null).map(toObject);
}

function toObject(value: unknown, index: number): KubernetesObject {
  const parsed = objectSchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new InputError(
      `Document ${index + 1} is not a Kubernetes object: ${issue.path.join(
        '.',
      )}: ${issue.message}`,
    );
  }
  return parsed.data;
}
