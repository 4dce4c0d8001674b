import { directoriesIn } from '../files';
import { KustomizationGraph } from './KustomizationGraph';
import type { Layout } from './Layout';

/** Changed files of what every part of the platform and some workloads can load. */
export function platformFiles(
  changedFiles: string[],
  layout: Layout,
): string[] {
  return changedFiles.filter(
    file =>
      file.startsWith(`${layout.gitops}/`) &&
      !file.startsWith(`${layout.workloads}/`),
  );
}

/** Finds the directories of the platform's kustomizations that changed files affect in a tree. */
export async function affectedPlatform(
  changedFiles: string[],
  repository: string,
  layout: Layout,
): Promise<string[]> {
  const files = platformFiles(changedFiles, layout);
  if (files.length === 0) {
    return [];
  }
  const parts = await directoriesIn(repository, layout.gitops);
  const graph = await KustomizationGraph.read(
    repository,
    parts
      .map(name => `${layout.gitops}/${name}`)
      .filter(directory => directory !== layout.workloads),
  );
  return graph.affectedBy(files);
}
