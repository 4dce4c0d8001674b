export type { Change, ChangeValidation } from './Change';
export { type CheckMessage, checkResult, skipped } from './checkResult';
export { schemaProblems } from './objectSchema';
export { validateChange } from './validateChange';
