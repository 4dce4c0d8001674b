import type { PermissionsRegistryService } from '@backstage/backend-plugin-api';
import {
  mlPlatformBasicPermissions,
  mlPlatformPermissions,
} from '@internal/plugin-ml-platform-common';
import { teamResourceRef, teamRules } from '@internal/plugin-ml-platform-node';

/** Registers the permissions of the ML platform, and teams as the resource that most of them are about. */
export function registerPermissions(
  registry: PermissionsRegistryService,
): void {
  registry.addResourceType({
    resourceRef: teamResourceRef,
    permissions: mlPlatformPermissions,
    rules: Object.values(teamRules),
    getResources: async teams => teams.map(team => ({ team })),
  });
  registry.addPermissions(mlPlatformBasicPermissions);
}
