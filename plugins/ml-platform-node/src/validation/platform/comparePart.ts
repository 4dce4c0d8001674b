import {
  type CheckResult,
  type DestructiveChange,
  type Environment,
  type RenderedObject,
  isProduction,
} from '@internal/plugin-ml-platform-common';
import {
  type Comparison,
  DESTRUCTIVE,
  destructiveObjects,
  productionFromBase,
} from '../../destructive';
import { checkResult, skippedCheck } from '../checkResult';
import { changedObjects } from '../renderedObjects';
import { buildPart, type PartBuild } from './buildPart';
import type { Layout } from './Layout';

export interface PlatformContext {
  repository: string;
  /** The tree before the change. */
  base: string;
  layout: Layout;
  tenants: Array<{ team: string; environments: Environment[] }>;
  changedFiles: string[];
}

export interface PartComparison {
  checks: CheckResult[];
  /** Objects that differ from before. */
  objects: RenderedObject[];
  destructive: DestructiveChange[];
}

/** Compares the objects of a kustomization of the platform with those before the change. */
export async function comparePart(
  directory: string,
  after: PartBuild,
  context: PlatformContext,
): Promise<PartComparison> {
  if (context.layout.isTenantBase(directory)) {
    // Nothing applies it but the overlays, which are compared.
    return { checks: [], objects: [], destructive: [] };
  }
  const before = await buildPart(directory, context.base, context.layout);
  if ('problem' in before || 'problem' in after) {
    const why = `Not compared with the base, because it cannot be built ${
      'problem' in after ? 'after' : 'before'
    } the change.`;
    const checks = [skippedCheck(...DESTRUCTIVE, why)];
    return { checks, objects: [], destructive: [] };
  }
  const tenant = context.layout.tenantOf(directory);
  const comparison = {
    path: directory,
    environment: tenant?.environment,
    // What concerns all environments concerns production.
    isProduction: true,
    before: before.objects,
    after: after.objects,
  };
  return {
    checks: [checkResult(...DESTRUCTIVE, [])],
    objects: await changedObjects(tenant?.environment ?? '', comparison),
    destructive: [
      ...destructiveObjects([comparison]),
      ...productionChange(comparison, tenant, context),
    ],
  };
}

function productionChange(
  comparison: Comparison,
  tenant: { team: string; environment: string } | undefined,
  { changedFiles, layout, tenants }: PlatformContext,
): DestructiveChange[] {
  const environment = tenants
    .find(({ team }) => team === tenant?.team)
    ?.environments.find(({ name }) => name === tenant?.environment);
  if (!tenant || !environment || !isProduction(environment)) {
    return [];
  }
  const shared = [layout.components, `${layout.tenants}/${tenant.team}/base`];
  const effect = productionFromBase(
    comparison,
    changedFiles.filter(file =>
      shared.some(directory => file.startsWith(`${directory}/`)),
    ),
    tenant.team,
  );
  return effect
    ? [
        {
          ...effect,
          path: comparison.path,
          environments: [environment.name],
          approvers: ['platform'],
        },
      ]
    : [];
}
