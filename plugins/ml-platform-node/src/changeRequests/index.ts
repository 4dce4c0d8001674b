export {
  CHANGE_REQUEST_LABEL,
  changeRequestBranch,
  parseChangeRequestBranch,
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
export { readProvenance, type PortalIdentity } from './provenance';
export {
  formatTrailer,
  parseTrailer,
  type ChangeRequestTrailer,
} from './trailer';
