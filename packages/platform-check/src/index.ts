export { checkRepository } from './checkRepository';
