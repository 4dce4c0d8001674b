import { parseAllDocuments } from 'yaml';
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

/** What every Kubernetes object has. The rest is the kind's own. */
export type KubernetesObject = z.infer<typeof objectSchema>;

/**
 * Parses a stream of YAML documents into Kubernetes objects.
 *
 * @throws InputError when it is not YAML, or not objects.
 */
export function parseObjects(text: string): KubernetesObject[] {
  return parseAllDocuments(text)
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
