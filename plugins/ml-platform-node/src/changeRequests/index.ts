export {
  CHANGE_REQUEST_LABEL,
  changeRequestBranch,
  describeTarget,
  targetsOverlap,
} from './changeRequestBranch';
export {
  countOpenChangeRequests,
  findOpenChangeRequest,
  listChangeRequests,
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
