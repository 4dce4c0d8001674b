export {
  CHANGE_REQUEST_LABEL,
  changeRequestBranch,
  targetsOverlap,
} from './changeRequestBranch';
export {
  findOpenChangeRequest,
  listPullRequestsForName,
  readOpenChangeRequest,
  type OpenChangeRequest,
} from './openChangeRequests';
export {
  PREVIEW_GRANT_SECRET,
  formatPreviewGrant,
  parsePreviewGrant,
} from './previewGrant';
export { readProvenance } from './provenance';
export { formatTrailer, type ChangeRequestTrailer } from './trailer';
