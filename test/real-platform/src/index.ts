export { hasSharedDefinitions, testLogDirectory } from './paths';
export { freePorts } from './processes/freePorts';
export { waitUntil } from './processes/waitUntil';
export { portalEnvironment } from './portalEnvironment';
export { startRealPlatform, type RealPlatform } from './startRealPlatform';
