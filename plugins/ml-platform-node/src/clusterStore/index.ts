export type {
  ClusterStore,
  Listing,
  ObjectChange,
  ObjectFilter,
  ObjectType,
  StoredObject,
  TypeStatus,
} from './ClusterStore';
export { readClusters, type ConfiguredCluster } from './clusterConfig';
export { clusterStoreServiceRef } from './clusterStoreService';
export { KubernetesClusterStore } from './KubernetesClusterStore';
export { rootHealthServiceFactory } from './storeHealth';
export {
  listPath,
  objectTypes,
  type ObjectTypeDefinition,
} from './objectTypes';
export { EventLoopSlice } from './reflector/EventLoopSlice';
