export { permissionModuleMlPlatform as default } from './module';
