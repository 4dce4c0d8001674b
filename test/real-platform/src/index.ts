export { hasSharedDefinitions, testLogDirectory } from './paths';
export { portalEnvironment } from './portalEnvironment';
export { startRealPlatform, type RealPlatform } from './startRealPlatform';
