export { LastKnown, type Known } from './LastKnown';
export { UpstreamError, toUpstreamProblem } from './UpstreamError';
export { withoutAddresses } from './withoutAddresses';
