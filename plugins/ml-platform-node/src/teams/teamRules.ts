import {
  createConditionExports,
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { TEAM_RESOURCE_TYPE } from '@internal/plugin-ml-platform-common';
import { z } from 'zod';

/** A team as the resource of permission rules. Its resource reference is its name, for example `app-ml-team`. */
export interface TeamResource {
  team: string;
}

/** Resource type of teams; the plugin `ml-platform` registers it together with `teamRules`. */
export const teamResourceRef = createPermissionResourceRef<
  TeamResource,
  { teams: string[] }
>().with({ pluginId: 'ml-platform', resourceType: TEAM_RESOURCE_TYPE });

const isTeam = createPermissionRule({
  name: 'IS_TEAM',
  description: 'Allow teams by name',
  resourceRef: teamResourceRef,
  paramsSchema: z.object({
    teams: z.array(z.string()).describe('Names of the teams'),
  }),
  apply: ({ team }, { teams }) => teams.includes(team),
  toQuery: ({ teams }) => ({ teams }),
});

export const teamRules = { isTeam };

/** Conditions for permission policies: `createTeamConditionalDecision(permission, teamConditions.isTeam({ teams }))`. */
export const {
  conditions: teamConditions,
  createConditionalDecision: createTeamConditionalDecision,
} = createConditionExports({ resourceRef: teamResourceRef, rules: teamRules });
