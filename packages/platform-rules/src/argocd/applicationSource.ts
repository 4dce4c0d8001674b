/** Names of files that make a directory a kustomization, for Kustomize and for Argo CD alike. */
export const KUSTOMIZATION_FILES: readonly string[] = [
  'kustomization.yaml',
  'kustomization.yml',
  'Kustomization',
];

/** Argo CD leaves out files with this text. */
export const SKIP_MARKER = '+argocd:skip-file-rendering';

type SourceType = 'Directory' | 'Helm' | 'Kustomize';

/** `spec.source.directory` of an Application. */
export interface DirectoryOptions {
  include?: string;
  exclude?: string;
  recurse?: boolean;
}

const MANIFEST = /\.(yaml|yml|json|jsonnet)$/;

/**
 * Type of an Application's source that does not name one, from the names of the files in its directory. As in Argo CD,
 * files of subdirectories do not count, the last name in byte order decides, and any name that ends with `Chart.yaml`
 * is a chart (Argo CD 3.5, `util/app/discovery`).
 */
export function sourceTypeOf(names: string[]): SourceType {
  const deciding = names
    .filter(name => isChart(name) || KUSTOMIZATION_FILES.includes(name))
    .sort(byBytes)
    .at(-1);
  if (deciding === undefined) {
    return 'Directory';
  }
  return isChart(deciding) ? 'Helm' : 'Kustomize';
}

/**
 * Files of a directory source that Argo CD reads as manifests, unless they contain `SKIP_MARKER` (Argo CD 3.5,
 * `getPotentiallyValidManifests` of `reposerver/repository`).
 *
 * @param files - paths of regular files, relative to the directory
 */
export function appliedFiles(
  files: string[],
  { include, exclude, recurse = false }: DirectoryOptions = {},
): string[] {
  const included = include ? compileGlob(include) : undefined;
  const excluded = exclude ? compileGlob(exclude) : undefined;
  return files
    .filter(file => recurse || !file.includes('/'))
    .filter(file => MANIFEST.test(file))
    .filter(file => !excluded?.test(file))
    .filter(file => included?.test(file) ?? true)
    .sort(byBytes);
}

export function isChart(name: string): boolean {
  return name.endsWith('Chart.yaml');
}

/** Files of Argo CD's own, which override an Application's source from within its directory. */
export function isSourceOverride(name: string): boolean {
  return /^\.argocd-source(-.*)?\.yaml$/.test(name);
}

/**
 * Compiles a glob of gobwas/glob, as Argo CD does without separators: `*` and `?` match `/`, too. Braces do not nest
 * here.
 */
function compileGlob(glob: string): RegExp {
  const source = glob.replace(
    /\\(.)|\*+|\?|\[!?[^\]]*\]|\{([^}]*)\}|[.+^$()|[\]{}]/g,
    (token, escaped?: string, alternatives?: string) => {
      if (escaped !== undefined) {
        return escapeRegExp(escaped);
      }
      if (alternatives !== undefined) {
        return `(?:${alternatives
          .split(',')
          .map(alternative => compileGlob(alternative).source.slice(1, -1))
          .join('|')})`;
      }
      if (token.startsWith('*')) {
        return '.*';
      }
      if (token === '?') {
        return '.';
      }
      return /^\[.+\]$/.test(token)
        ? token.replace(/^\[!/, '[^')
        : escapeRegExp(token);
    },
  );
  return new RegExp(`^${source}$`, 's');
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function byBytes(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
