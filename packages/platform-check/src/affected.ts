import path from 'node:path';
import { directoriesIn } from './directoriesIn';
import { KustomizationGraph } from './KustomizationGraph';
import type { Layout, WorkloadName } from './Layout';

export interface AffectedWorkload extends WorkloadName {
  /** Its own changed files; empty if only its dependencies changed. */
  files: string[];
}

export interface Affected {
  workloads: AffectedWorkload[];
  /** Directories of the platform's kustomizations. */
  platform: string[];
}

/** Finds the workloads and platform parts that changed files affect. */
export async function affectedBy(
  changedFiles: string[],
  repository: string,
  layout: Layout,
): Promise<Affected> {
  const workloads = new Map<string, AffectedWorkload>();
  const add = (name: WorkloadName, file?: string) => {
    const key = `${name.team}/${name.workload}`;
    const { files } = workloads.get(key) ?? { files: [] };
    workloads.set(key, { ...name, files: file ? [...files, file] : files });
  };
  for (const file of changedFiles) {
    const name = layout.workloadOf(file);
    if (name) {
      add(name, file);
    }
  }
  for (const name of await usersOf(changedFiles, repository, layout)) {
    add(name);
  }
  return {
    workloads: [...workloads.values()],
    platform: await affectedPlatform(changedFiles, repository, layout),
  };
}

/** Workloads that use changed shared files. It reads all kustomizations only if shared files changed. */
async function usersOf(
  changedFiles: string[],
  repository: string,
  layout: Layout,
): Promise<WorkloadName[]> {
  const changedIn = (directory: string) =>
    changedFiles.filter(file => file.startsWith(`${directory}/`));
  const forAll = [
    ...changedIn(layout.policies),
    ...changedIn(layout.workloadModule),
  ];
  if (forAll.length > 0) {
    return allWorkloads(repository, layout);
  }
  const components = changedIn(layout.components);
  if (components.length === 0) {
    return [];
  }
  const graph = await KustomizationGraph.read(repository, [
    layout.workloads,
    layout.components,
  ]);
  return graph
    .affectedBy(components)
    .map(directory => layout.workloadOf(`${directory}/kustomization.yaml`))
    .filter(name => name !== undefined);
}

async function allWorkloads(
  repository: string,
  layout: Layout,
): Promise<WorkloadName[]> {
  const teams = await directoriesIn(path.join(repository, layout.workloads));
  const names = await Promise.all(
    teams.map(async team => {
      const workloads = await directoriesIn(
        path.join(repository, layout.workloads, team),
      );
      return workloads.map(workload => ({ team, workload }));
    }),
  );
  return names.flat();
}

async function affectedPlatform(
  changedFiles: string[],
  repository: string,
  layout: Layout,
): Promise<string[]> {
  const platformFiles = changedFiles.filter(
    file =>
      file.startsWith(`${layout.gitops}/`) &&
      !file.startsWith(`${layout.workloads}/`),
  );
  if (platformFiles.length === 0) {
    return [];
  }
  const parts = await directoriesIn(path.join(repository, layout.gitops));
  const graph = await KustomizationGraph.read(
    repository,
    parts
      .map(name => `${layout.gitops}/${name}`)
      .filter(directory => directory !== layout.workloads),
  );
  return graph.affectedBy(platformFiles);
}
