export { StaleCache, type Known } from './StaleCache';
export { UpstreamError, toUpstreamProblem } from './UpstreamError';
export { redactAddresses } from './redactAddresses';
