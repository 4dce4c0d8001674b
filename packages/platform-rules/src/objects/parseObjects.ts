import {
  type DocumentOptions,
  type ParseOptions,
  type SchemaOptions,
  parseAllDocuments,
} from 'yaml';
import { z } from 'zod';
import { InputError } from '@backstage/errors';

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
 * YAML as Kubernetes parses it: version 1.1 (`yes` and `on` are booleans), but with timestamps and base-60 numbers as
 * strings.
 */
const KUBERNETES_YAML: ParseOptions & DocumentOptions & SchemaOptions = {
  version: '1.1',
  customTags: tags =>
    tags.filter(
      tag =>
        typeof tag === 'string' ||
        (tag.tag !== 'tag:yaml.org,2002:timestamp' && tag.format !== 'TIME'),
    ),
};

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
      const parsed = objectSchema.safeParse(document.toJS());
      if (!parsed.success) {
        const issue = parsed.error.issues[0];
        throw new InputError(
          `Document ${index + 1} is not a Kubernetes object: ${issue.path.join(
            '.',
          )}: ${issue.message}`,
        );
      }
      return parsed.data;
    });
}
