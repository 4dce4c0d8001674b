/**
 * The plan of the platform, and what is rendered from it. The sub-path `/plan` of this package.
 *
 * @packageDocumentation
 */
export { planDifferences, platformFilePath } from './planDifferences';
export { readPlatformFiles } from './readPlatformFiles';
export { tenantFilePath, readTenant } from './readTenant';
export { TeamOwners } from './TeamOwners';
export { teamValues } from './teamValues';
export { renderedChanges } from './renderedChanges';
export type { PlatformFiles } from './PlatformFiles';
export { renderPlatform } from './renderPlatform';
