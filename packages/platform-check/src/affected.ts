import path from 'node:path';
import {
  KustomizationGraph,
  type Layout,
  type WorkloadName,
  affectedPlatform,
} from '@internal/plugin-ml-platform-node/validation';
import { directoriesIn } from './directoriesIn';

export interface AffectedWorkload extends WorkloadName {
  /** Its own changed files; empty if only its dependencies changed. */
  files: string[];
  /** Changed files of the components that it loads. */
  components: string[];
}

export interface Affected {
  workloads: AffectedWorkload[];
  /** Directories of the platform's kustomizations. */
  platform: string[];
}

/** Finds the workloads and platform parts that changed files affect in a tree. */
export async function affectedBy(
  changedFiles: string[],
  repository: string,
  layout: Layout,
): Promise<Affected> {
  const workloads = new Map<string, AffectedWorkload>();
  const add = (
    { team, workload }: WorkloadName,
    more: { files?: string[]; components?: string[] },
  ) => {
    const key = `${team}/${workload}`;
    const { files = [], components = [] } = workloads.get(key) ?? {};
    workloads.set(key, {
      team,
      workload,
      files: [...files, ...(more.files ?? [])],
      components: more.components ?? components,
    });
  };
  for (const file of changedFiles) {
    const name = layout.workloadOf(file);
    if (name) {
      add(name, { files: [file] });
    }
  }
  for (const name of await usersOf(changedFiles, repository, layout)) {
    add(name, {
      components: changedFiles.filter(file =>
        file.startsWith(`${layout.components}/`),
      ),
    });
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
    ...changedIn(layout.policies).filter(
      // What was deployed before stays allowed, so that they refuse nothing that is there.
      file =>
        file !== layout.blockedImages &&
        !file.startsWith(`${layout.exceptions}/`),
    ),
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
