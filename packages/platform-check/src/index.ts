export { checkRepository, type CheckOptions } from './checkRepository';
export type { Report, Section } from './Report';
