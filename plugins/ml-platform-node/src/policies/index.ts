export {
  type AdmissionContext,
  type PolicyVerdict,
  evaluatePolicies,
} from './evaluatePolicies';
export { type BoundPolicy, bindPolicies, readPolicies } from './PolicySet';
