import type { PlanProblem } from './parsePlanFile';
import type { PlatformFiles } from './PlatformFiles';
import { readPlan } from './readPlan';
import { bootstrapFiles } from './render/bootstrap';
import { installedFiles, isInstalled } from './render/installed';
import { isRendered } from './render/rendered';
import { catalogFiles } from './render/catalog';
import { portalFiles } from './render/portal';
import { tenantFiles } from './render/tenants';
import { terraformFiles } from './render/terraform';

/** The outcome of rendering, without any effect. Paths are relative to the repository's root. */
export interface RenderedPlatform {
  /** Content by path. Empty if the plan has problems. */
  files: Map<string, string>;
  /** Files that an earlier plan rendered, and this one does not. */
  leftOver: string[];
  problems: PlanProblem[];
  /** False while the repository's root has neither CODEOWNERS nor workflows of the platform. */
  installed: boolean;
}

/**
 * Renders everything that follows from `platform.yaml` and the `tenant.yaml` of each team.
 *
 * @param options.install - render CODEOWNERS and workflows at the repository's root also where there are none yet
 */
export function renderPlatform(
  files: PlatformFiles,
  options: { install?: boolean } = {},
): RenderedPlatform {
  const { plan, problems } = readPlan(files);
  if (!plan) {
    return { files: new Map(), leftOver: [], problems, installed: false };
  }
  const atRepositoryRoot = installedFiles(plan, files);
  const installed = options.install || isInstalled(atRepositoryRoot, files);
  const content = new Map([
    ...[
      ...tenantFiles(plan),
      ...bootstrapFiles(plan, files),
      ...terraformFiles(plan),
      ...catalogFiles(plan),
      ...portalFiles(plan, files),
    ].map(([name, text]) => [files.pathOf(name), text] as const),
    ...(installed ? atRepositoryRoot : []),
  ]);
  return {
    installed,
    files: content,
    leftOver: files
      .paths()
      .filter(path => !content.has(path) && isRendered(files.read(path) ?? '')),
    problems,
  };
}
