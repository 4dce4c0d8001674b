export { portalEnvironment } from './portalEnvironment';
export { startRealPlatform, type RealPlatform } from './startRealPlatform';
