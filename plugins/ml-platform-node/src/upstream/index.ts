export {
  StaleCache,
  type CachedValue,
  type StaleCacheOptions,
} from './StaleCache';
export { UpstreamError, toUpstreamProblem } from './UpstreamError';
export { redactAddresses } from './redactAddresses';
