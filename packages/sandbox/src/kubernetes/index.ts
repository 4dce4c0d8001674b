export * from './startKubernetes';
