export { Reconciler } from './Reconciler';
export type { SavedApplication } from './Application';
