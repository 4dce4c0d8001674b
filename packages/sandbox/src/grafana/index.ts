export * from './startGrafana';
