export { catalogModuleMlPlatform as default } from './module';
