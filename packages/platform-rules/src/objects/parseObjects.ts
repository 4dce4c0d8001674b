import {
  type DocumentOptions,
  type ParseOptions,
  type SchemaOptions,
  Composer,
  type Document,
  Parser,
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
  const parsed = objectSchema.safeParse(plainValue(document));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new InputError(
      `Document ${number} is not a Kubernetes object: ${issue.path.join(
        '.',
      )}: ${issue.message}`,
    );
  }
  return parsed.data;
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
