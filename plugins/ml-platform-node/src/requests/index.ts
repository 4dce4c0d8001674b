export { findOpenRequest, type OpenRequest } from './openRequests';
export {
  REQUEST_LABEL,
  parseRequestBranch,
  requestBranch,
  type RequestTarget,
} from './requestBranch';
export { formatTrailer, parseTrailer, type RequestTrailer } from './trailer';
