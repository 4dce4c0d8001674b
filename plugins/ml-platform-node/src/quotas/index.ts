export { FairQueue } from './FairQueue';
export { TooManyRequestsError } from './TooManyRequestsError';
