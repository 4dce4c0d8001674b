export { hasSharedDefinitions } from './paths';
export { portalEnvironment } from './portalEnvironment';
export { startRealPlatform, type RealPlatform } from './startRealPlatform';
export { suitePlatform, type SuitePlatform } from './suite/suitePlatform';
