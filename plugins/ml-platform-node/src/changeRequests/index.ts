export {
  CHANGE_REQUEST_LABEL,
  changeRequestBranch,
  parseChangeRequestBranch,
  type ChangeRequestTarget,
} from './changeRequestBranch';
export {
  findOpenChangeRequest,
  readOpenChangeRequest,
  type OpenChangeRequest,
} from './openChangeRequests';
export {
  PREVIEW_GRANT_SECRET,
  formatPreviewGrant,
  parsePreviewGrant,
  type PreviewGrant,
} from './previewGrant';
export {
  formatTrailer,
  parseTrailer,
  type ChangeRequestTrailer,
} from './trailer';
