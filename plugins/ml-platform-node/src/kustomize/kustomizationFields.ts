/** Fields that load nothing, or only files that `localFiles` and `checkReferences` check. */
const ALLOWED_FIELDS = new Set([
  'apiVersion',
  'kind',
  'metadata',
  'resources',
  'components',
  'namespace',
  'namePrefix',
  'nameSuffix',
  'labels',
  'commonLabels',
  'commonAnnotations',
  'images',
  'replicas',
  'patches',
  'patchesStrategicMerge',
  'patchesJson6902',
  'replacements',
  'configMapGenerator',
  'generatorOptions',
  'sortOptions',
  'buildMetadata',
]);

/** Describes the fields of a kustomization that are not allowed. */
export function fieldProblems(content: Record<string, unknown>): string[] {
  return Object.keys(content)
    .filter(field => !ALLOWED_FIELDS.has(field))
    .map(fieldProblem);
}

function fieldProblem(field: string): string {
  if (/^helm/.test(field)) {
    return `${field}: Helm charts are not supported. Write the objects as files.`;
  }
  if (['generators', 'transformers', 'validators'].includes(field)) {
    return `${field}: plug-ins can run programs and are not allowed. Use patches, or a component of the platform.`;
  }
  if (field === 'bases') {
    return 'bases: this field is deprecated. List the directory under `resources`.';
  }
  if (field === 'secretGenerator') {
    return 'secretGenerator: secrets do not belong in Git. Use an ExternalSecret.';
  }
  return `${field}: this field is not allowed. Remove it, or ask the platform team.`;
}

export interface LocalFile {
  field: string;
  entry: string;
}

/** Lists files that a kustomization reads besides `resources` and `components`; Kustomize accepts URLs there, too. */
export function localFiles(content: Record<string, unknown>): LocalFile[] {
  const files: LocalFile[] = [];
  const add = (field: string, entry: unknown) => {
    if (entry !== undefined) {
      files.push({ field, entry: String(entry) });
    }
  };
  for (const field of ['patches', 'patchesJson6902', 'replacements']) {
    for (const item of recordsOf(content[field])) {
      add(field, item.path);
    }
  }
  for (const entry of listOf(content.patchesStrategicMerge)) {
    // An inline patch has several lines, a file name only one.
    if (typeof entry !== 'string' || !entry.includes('\n')) {
      add('patchesStrategicMerge', entry);
    }
  }
  for (const generator of recordsOf(content.configMapGenerator)) {
    add('configMapGenerator', generator.env);
    for (const entry of listOf(generator.envs)) {
      add('configMapGenerator', entry);
    }
    for (const entry of listOf(generator.files)) {
      // `key=file` or `file`.
      add('configMapGenerator', String(entry).split('=').at(-1));
    }
  }
  return files;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function recordsOf(value: unknown): Array<Record<string, unknown>> {
  return listOf(value).filter(
    (item): item is Record<string, unknown> =>
      typeof item === 'object' && item !== null,
  );
}
