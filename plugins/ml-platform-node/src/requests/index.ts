export {
  findOpenRequest,
  readOpenRequest,
  type OpenRequest,
} from './openRequests';
export { PREVIEW_REQUESTER_SECRET } from './previewSecret';
export {
  REQUEST_LABEL,
  parseRequestBranch,
  requestBranch,
  type RequestTarget,
} from './requestBranch';
export { formatTrailer, parseTrailer, type RequestTrailer } from './trailer';
