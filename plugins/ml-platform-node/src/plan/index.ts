/**
 * The plan of the platform, and what is rendered from it. The sub-path `/plan` of this package.
 *
 * @packageDocumentation
 */
export { planDifferences, platformFilePath } from './planDifferences';
export { readPlatformFiles } from './readPlatformFiles';
export { renderPlatform } from './renderPlatform';
