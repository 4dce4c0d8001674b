import { stat } from 'node:fs/promises';
import path from 'node:path';
import { type KubernetesObject, kustomizeBuild } from '../../kustomize';
import type { Layout } from './Layout';

/** Objects of a kustomization of the platform, or why it cannot be built. */
export type PartBuild =
  | { objects: KubernetesObject[]; isMissing: boolean }
  | { problem: string };

/** Builds a kustomization of the platform in a tree. One that the tree does not have has no objects. */
export async function buildPart(
  directory: string,
  root: string,
  layout: Layout,
): Promise<PartBuild> {
  const status = await stat(path.join(root, directory)).catch(() => undefined);
  if (!status?.isDirectory()) {
    return { objects: [], isMissing: true };
  }
  try {
    const objects = await kustomizeBuild(directory, {
      root,
      // The platform team reviews all parts, so that they may load each other's files.
      allowedDirectories: [layout.gitops],
    });
    return { objects, isMissing: false };
  } catch (error) {
    if (error instanceof Error && error.name === 'InputError') {
      return { problem: error.message };
    }
    throw error;
  }
}
