export type { AdmissionContext } from './admission';
export { type PolicyVerdict, evaluatePolicies } from './evaluatePolicies';
export { type BoundPolicy, bindPolicies, readPolicies } from './PolicySet';
