export { kubernetesModuleMlPlatform as default } from './module';
