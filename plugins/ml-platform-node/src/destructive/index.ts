export type { Comparison } from './Comparison';
export {
  DESTRUCTIVE,
  destructiveChanges,
  productionFromBase,
} from './destructiveChanges';
export { destructiveObjects, mergedChanges } from './destructiveObjects';
export { removedTenants } from './removedTenants';
