export { StaleCache } from './StaleCache';
export { UpstreamError, toUpstreamProblem } from './UpstreamError';
export { redactAddresses } from './redactAddresses';
