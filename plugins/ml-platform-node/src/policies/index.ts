export type { AdmissionContext } from './admission';
export { evaluatePolicies } from './evaluatePolicies';
export { type BoundPolicy, bindPolicies, readPolicies } from './readPolicies';
