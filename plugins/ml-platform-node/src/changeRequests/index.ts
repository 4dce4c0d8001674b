export {
  findOpenChangeRequest,
  readOpenChangeRequest,
  type OpenChangeRequest,
} from './openChangeRequests';
export { PREVIEW_REQUESTER_SECRET } from './previewSecret';
export {
  CHANGE_REQUEST_LABEL,
  parseChangeRequestBranch,
  changeRequestBranch,
  type ChangeRequestTarget,
} from './changeRequestBranch';
export { formatTrailer, parseTrailer, type ChangeRequestTrailer } from './trailer';
