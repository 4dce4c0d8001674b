import { z } from 'zod';

const text = z.string('must be text; put it into quotes');
const texts = z.array(text);
const textMap = z.record(z.string(), text);

const gvk = {
  group: text.optional(),
  version: text.optional(),
  kind: text.optional(),
};
const resourceId = {
  ...gvk,
  name: text.optional(),
  namespace: text.optional(),
};
const selector = z.strictObject({
  ...resourceId,
  annotationSelector: text.optional(),
  labelSelector: text.optional(),
});
const patch = z.strictObject({
  path: text.optional(),
  patch: text.optional(),
  target: selector.optional(),
  options: z
    .strictObject({
      allowNameChange: z.boolean().optional(),
      allowKindChange: z.boolean().optional(),
    })
    .optional(),
});
const fieldOptions = z.strictObject({
  delimiter: text.optional(),
  index: z.number().int().optional(),
  encoding: text.optional(),
  create: z.boolean().optional(),
});
const replacement = z.strictObject({
  path: text.optional(),
  source: z
    .strictObject({
      ...resourceId,
      fieldPath: text.optional(),
      options: fieldOptions.optional(),
    })
    .optional(),
  sourceValue: text.optional(),
  targets: z
    .array(
      z.strictObject({
        select: selector,
        reject: z.array(selector).optional(),
        fieldPaths: texts.optional(),
        options: fieldOptions.optional(),
      }),
    )
    .optional(),
});
const generatorOptions = z.strictObject({
  labels: textMap.optional(),
  annotations: textMap.optional(),
  disableNameSuffixHash: z.boolean().optional(),
  immutable: z.boolean().optional(),
});

/**
 * The accepted part of Kustomize's `Kustomization` and `Component`, at every depth. Accepted are fields that load
 * nothing, and fields whose files `referencesOf` lists; `refusedFields` has the others with their reasons.
 *
 * Fields of kubernetes-sigs/kustomize api v0.18 to v0.21, `types/*.go`.
 */
export const kustomizationSchema = z.strictObject({
  apiVersion: text.optional(),
  kind: z
    .enum(['Kustomization', 'Component'], 'must be Kustomization or Component')
    .optional(),
  metadata: z
    .strictObject({
      name: text.optional(),
      namespace: text.optional(),
      labels: textMap.optional(),
      annotations: textMap.optional(),
    })
    .optional(),
  resources: texts.optional(),
  components: texts.optional(),
  namespace: text.optional(),
  namePrefix: text.optional(),
  nameSuffix: text.optional(),
  labels: z
    .array(
      z.strictObject({
        pairs: textMap.optional(),
        includeSelectors: z.boolean().optional(),
        includeTemplates: z.boolean().optional(),
        fields: z
          .array(
            z.strictObject({
              ...gvk,
              path: text.optional(),
              create: z.boolean().optional(),
            }),
          )
          .optional(),
      }),
    )
    .optional(),
  commonLabels: textMap.optional(),
  commonAnnotations: textMap.optional(),
  images: z
    .array(
      z.strictObject({
        name: text.optional(),
        newName: text.optional(),
        tagSuffix: text.optional(),
        newTag: text.optional(),
        digest: text.optional(),
      }),
    )
    .optional(),
  replicas: z
    .array(z.strictObject({ name: text.optional(), count: z.number().int() }))
    .optional(),
  patches: z.array(patch).optional(),
  patchesStrategicMerge: texts.optional(),
  patchesJson6902: z.array(patch).optional(),
  replacements: z.array(replacement).optional(),
  configMapGenerator: z
    .array(
      z.strictObject({
        namespace: text.optional(),
        name: text.optional(),
        behavior: text.optional(),
        literals: texts.optional(),
        files: texts.optional(),
        envs: texts.optional(),
        env: text.optional(),
        options: generatorOptions.optional(),
      }),
    )
    .optional(),
  generatorOptions: generatorOptions.optional(),
  sortOptions: z
    .strictObject({
      order: text.optional(),
      legacySortOptions: z
        .strictObject({
          orderFirst: texts.optional(),
          orderLast: texts.optional(),
        })
        .optional(),
    })
    .optional(),
  buildMetadata: texts.optional(),
});

export type Kustomization = z.infer<typeof kustomizationSchema>;

const PLUGIN =
  'plug-ins can run programs and are not allowed. Use patches, or a component of the platform.';
const HELM = 'Helm charts are not supported. Write the objects as files.';

/** Fields of Kustomize that are never accepted, with the reason. */
export const refusedFields: Readonly<Record<string, string>> = {
  bases: 'this field is deprecated. List the directory under `resources`.',
  imageTags: 'this field is deprecated. Write `images`.',
  generators: PLUGIN,
  transformers: PLUGIN,
  validators: PLUGIN,
  helmGlobals: HELM,
  helmCharts: HELM,
  helmChartInflationGenerator: HELM,
  secretGenerator: 'secrets do not belong in Git. Use an ExternalSecret.',
  vars: 'this field is deprecated. Use `replacements`.',
};
