export { check } from './check';
export { Report } from './Report';
