export { assertMayRequestChange } from './assertMayRequestChange';
export {
  createTeamAuthorizer,
  type TeamAuthorizer,
  type TeamPermission,
  type TeamScope,
} from './authorization';
export {
  createTeamConditionalDecision,
  teamConditions,
  teamResourceRef,
  teamRules,
  type TeamResource,
} from './teamRules';
