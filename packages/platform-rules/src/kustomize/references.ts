import type { Kustomization } from './kustomizationSchema';

/** A patch in the text of a kustomization, itself YAML. */
export interface InlinePatch {
  /** For example `patches[0].patch`. */
  field: string;
  text: string;
}

/** A file or directory that a kustomization loads. */
export interface KustomizationReference {
  /** Top-level field, for example `configMapGenerator`. */
  field: string;
  entry: string;
  /** `file`, `data`: of the same directory tree; `data` is not YAML. `resource`: also another kustomization. `component`: only one. */
  type: 'file' | 'data' | 'resource' | 'component';
}

/**
 * Lists all that Kustomize would load for the fields of a kustomization. Each of them could also be a URL, for
 * Kustomize.
 */
export function referencesOf(
  kustomization: Kustomization,
): KustomizationReference[] {
  const references: KustomizationReference[] = [];
  const add = (
    type: KustomizationReference['type'],
    field: keyof Kustomization,
    entries: (string | undefined)[] = [],
  ) => {
    for (const entry of entries) {
      if (entry !== undefined) {
        references.push({ field, entry, type });
      }
    }
  };
  add('resource', 'resources', kustomization.resources);
  add('component', 'components', kustomization.components);
  for (const field of ['patches', 'patchesJson6902', 'replacements'] as const) {
    add(
      'file',
      field,
      kustomization[field]?.map(item => item.path),
    );
  }
  add(
    'file',
    'patchesStrategicMerge',
    kustomization.patchesStrategicMerge?.filter(entry => !isInline(entry)),
  );
  for (const {
    env,
    envs = [],
    files = [],
  } of kustomization.configMapGenerator ?? []) {
    add('data', 'configMapGenerator', [env, ...envs]);
    // `key=file` or `file`.
    add(
      'data',
      'configMapGenerator',
      files.map(entry => entry.slice(entry.indexOf('=') + 1)),
    );
  }
  return references;
}

/** Lists the patches that a kustomization has in its own text. */
export function inlinePatchesOf(kustomization: Kustomization): InlinePatch[] {
  return [
    ...(['patches', 'patchesJson6902'] as const).flatMap(field =>
      (kustomization[field] ?? []).map(({ patch = '' }, index) => ({
        field: `${field}[${index}].patch`,
        text: patch,
      })),
    ),
    ...(kustomization.patchesStrategicMerge ?? [])
      .map((text, index) => ({
        field: `patchesStrategicMerge[${index}]`,
        text,
      }))
      .filter(({ text }) => isInline(text)),
  ];
}

/** An inline patch has several lines, a file name only one. */
function isInline(entry: string): boolean {
  return entry.trim().includes('\n');
}

/** Excludes schemes, queries, host aliases and empty segments, which Kustomize could interpret as remote. */
const LOCAL_PATH = /^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)*\/?$/;
/** Hosts and markers of repositories that Kustomize clones (kustomize api v0.21, `internal/git/repospec.go`). */
const REPOSITORY = /^github\.com(\/|$)|\.git(\/|$)|(^|\/)_git(\/|$)/i;

/** Returns true for a relative path that Kustomize cannot read as a URL or a repository. */
export function isLocalPath(entry: string): boolean {
  return LOCAL_PATH.test(entry) && !REPOSITORY.test(entry);
}
