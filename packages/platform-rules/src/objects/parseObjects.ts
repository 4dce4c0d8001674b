import { parseAllDocuments } from 'yaml';
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
  return parseAllDocuments(text, KUBERNETES_YAML)
    .filter(document => document.contents !== null)
    .map((document, index) => {
      if (document.errors.length > 0) {
        throw new InputError(document.errors[0].message);
      }
      return toObject(document.toJS(), index);
    });
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
