export type { Change, ChangeValidation } from './Change';
export { validateChange } from './validateChange';
