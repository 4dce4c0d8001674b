/** Readiness and liveness of the backend, the clusters that it follows included. */
export { rootHealthServiceFactory as default } from '@internal/plugin-ml-platform-node';
