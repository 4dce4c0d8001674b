/** Readiness and liveness of the backend, including the clusters that it watches. */
export { rootHealthServiceFactory as default } from '@internal/plugin-ml-platform-node';
