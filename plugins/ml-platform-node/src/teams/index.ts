export { assertMayRequestChange } from './assertMayRequestChange';
export { assertMayRequestTeam } from './assertMayRequestTeam';
export { createTeamAuthorizer, type TeamAuthorizer } from './authorization';
export { entityWithTeamName } from './entityWithTeamName';
export type { TeamPermission, TeamScope } from './TeamPermission';
export {
  createTeamConditionalDecision,
  teamConditions,
  teamResourceRef,
  teamRules,
} from './teamRules';
