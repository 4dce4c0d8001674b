export type {
  ClusterStore,
  Listing,
  ObjectChange,
  ObjectFilter,
  TypeStatus,
} from './ClusterStore';
export { readClusters } from './clusterConfig';
export { clusterStoreServiceRef } from './clusterStoreService';
export { parseDigest } from './imageDigests';
export { KubernetesClusterStore } from './KubernetesClusterStore';
export { rootHealthServiceFactory } from './storeHealth';
export { listPath, objectTypes, type ObjectType } from './objectTypes';
export { parseStoredObjects, type ParsedObject } from './parseStoredObjects';
export { EventLoopSlice } from '../async/EventLoopSlice';
