export { assertMayRequestChange } from './assertMayRequestChange';
export { createTeamAuthorizer, type TeamAuthorizer } from './authorization';
export type { TeamPermission, TeamScope } from './TeamPermission';
export {
  createTeamConditionalDecision,
  teamConditions,
  teamResourceRef,
  teamRules,
} from './teamRules';
