import {
  isChart,
  isSourceOverride,
  KUSTOMIZATION_FILES,
  SKIP_MARKER,
} from './applicationSource';

/** A file of an Application's directory. */
interface SourceFile {
  /** Relative to the directory. */
  path: string;
  symbolicLink: boolean;
}

/** A file that Argo CD would read in another way than the check, or not at all. */
export interface FileViolation {
  code: string;
  path: string;
  advice: string;
}

/** Finds files that do not belong into a directory whose `*.yaml` files Argo CD applies as they are. */
export function plainDirectoryViolations(files: SourceFile[]): FileViolation[] {
  return files.flatMap(file => {
    const [code, advice] = plainProblem(file) ?? [];
    return code && advice ? [{ code, path: file.path, advice }] : [];
  });
}

/** Finds files that could make Argo CD read the directory of a kustomization in another way than with Kustomize alone. */
export function kustomizeDirectoryViolations(
  files: SourceFile[],
): FileViolation[] {
  return files.flatMap(({ path }) => {
    const [code, advice] = path.includes('/')
      ? []
      : modeProblem(path, 'the kustomization') ?? [];
    return code && advice ? [{ code, path, advice }] : [];
  });
}

/** Finds text in a manifest that keeps Argo CD from applying it. */
export function skippedManifestProblem(text: string): string | undefined {
  return text.includes(SKIP_MARKER)
    ? `Argo CD leaves out files that contain "${SKIP_MARKER}". Remove this text.`
    : undefined;
}

const ONLY = 'This directory can hold files named *.yaml only';

function plainProblem({
  path,
  symbolicLink,
}: SourceFile): [code: string, advice: string] | undefined {
  if (symbolicLink) {
    return [
      'argocd-symbolic-link',
      'This is a symbolic link, which could lead anywhere. Replace it with a file.',
    ];
  }
  if (path.includes('/')) {
    return [
      'argocd-subdirectory',
      'Argo CD does not read subdirectories here, so nothing applies this file. Move it up, beside the other *.yaml files.',
    ];
  }
  if (KUSTOMIZATION_FILES.includes(path)) {
    return [
      'argocd-kustomization',
      `${ONLY}, which Argo CD applies one by one, without Kustomize. Remove this file.`,
    ];
  }
  const mode = modeProblem(path, 'the manifests');
  if (mode) {
    return mode;
  }
  if (/\.(yml|json|jsonnet)$/.test(path)) {
    return [
      'argocd-file-name',
      `${ONLY}. Write the object as YAML and rename the file to ${path.replace(
        /\.[^.]*$/,
        '.yaml',
      )}.`,
    ];
  }
  return path.endsWith('.yaml')
    ? undefined
    : [
        'argocd-file-name',
        `${ONLY}. Nothing applies this file: rename it, or move it to another directory.`,
      ];
}

/** Describes a file that decides by its name how Argo CD reads the directory. */
function modeProblem(
  name: string,
  instead: string,
): [code: string, advice: string] | undefined {
  if (isChart(name)) {
    return [
      'argocd-chart',
      `The name ends with "Chart.yaml", for which Argo CD would build a Helm chart instead of ${instead}. Rename or remove this file.`,
    ];
  }
  return isSourceOverride(name)
    ? [
        'argocd-source-override',
        `Argo CD would take settings of the Application from this file. Remove it.`,
      ]
    : undefined;
}
