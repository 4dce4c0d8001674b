export type { AdmissionContext } from './admission';
export { evaluatePolicies, type PolicyVerdict } from './evaluatePolicies';
export { type BoundPolicy, bindPolicies, readPolicies } from './readPolicies';
