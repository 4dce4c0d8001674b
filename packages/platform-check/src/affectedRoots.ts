import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { Layout } from '@internal/plugin-ml-platform-node/validation';
import { changedFiles, mergeBase } from './changedFiles';

/** A team's Terraform root, which the pipeline plans and applies. */
interface TerraformRoot {
  /** Path relative to the repository's root. */
  root: string;
  /** `<team>--<environment>`: the name of the pipeline's role and of the forge's environment. */
  name: string;
}

interface AffectedRoots {
  /** Affected roots, which the merge applies. */
  apply: TerraformRoot[];
  /**
   * Affected roots that may be planned before a review, because the change contains workload files only. Other files can make
   * Terraform run programs with the rights of the role.
   */
  plan: TerraformRoot[];
}

/** Finds the team roots that a change affects through their own files or through local modules. */
export async function affectedRoots(options: {
  repository: string;
  rootDirectory: string;
  base: string;
}): Promise<AffectedRoots> {
  const { repository, base } = options;
  const layout = Layout.at(options.rootDirectory);
  const forkPoint = await mergeBase(repository, base);
  const changed = (await changedFiles(repository, forkPoint)).filter(file =>
    file.startsWith(`${layout.terraform}/`),
  );
  const directories = new Set(changed.map(file => path.dirname(file)));
  const roots = await teamRoots(repository, layout);
  const apply: TerraformRoot[] = [];
  for (const root of roots) {
    const used = await usedDirectories(repository, root.root);
    if ([...used].some(directory => directories.has(directory))) {
      apply.push(root);
    }
  }
  const harmless = changed.every(file => layout.workloadOf(file));
  return { apply, plan: harmless ? apply : [] };
}

async function teamRoots(
  repository: string,
  layout: Layout,
): Promise<TerraformRoot[]> {
  const files = await readdir(path.join(repository, layout.teamRoots), {
    recursive: true,
  }).catch(() => []);
  const directories = new Set(
    files.filter(file => file.endsWith('.tf')).map(file => path.dirname(file)),
  );
  return [...directories].sort().map(directory => ({
    root: `${layout.teamRoots}/${directory}`,
    name: directory.split('/').join('--'),
  }));
}

/** The directory and the local modules that it calls, directly or indirectly. */
async function usedDirectories(
  repository: string,
  directory: string,
  seen = new Set<string>(),
): Promise<Set<string>> {
  if (seen.has(directory)) {
    return seen;
  }
  seen.add(directory);
  const files = await readdir(path.join(repository, directory)).catch(() => []);
  for (const file of files.filter(name => name.endsWith('.tf'))) {
    const text = await readFile(path.join(repository, directory, file), 'utf8');
    for (const [, source] of text.matchAll(/^\s*source\s*=\s*"(\.[^"]+)"/gm)) {
      await usedDirectories(repository, path.join(directory, source), seen);
    }
  }
  return seen;
}
