export { ApiServer } from './kubernetes/ApiServer';
export { createCertificates } from './kubernetes/certificates';
export { hasSharedDefinitions, testLogDirectory } from './paths';
export { startPostgres } from './postgres/startPostgres';
export { freePorts } from './processes/freePorts';
export { waitUntil } from './processes/waitUntil';
export { portalEnvironment } from './portalEnvironment';
export { startRealPlatform, type RealPlatform } from './startRealPlatform';
