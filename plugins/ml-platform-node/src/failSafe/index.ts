export { BlockedImagesFile } from './BlockedImagesFile';
export { blockedImages, MAX_BLOCKED, reportsSchema } from './blockedImages';
export { readExceptions } from './exceptions';
