export type {
  ClusterStore,
  Listing,
  ObjectType,
  StoredObject,
} from './ClusterStore';
