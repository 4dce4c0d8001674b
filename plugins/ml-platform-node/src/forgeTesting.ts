/**
 * For tests that want a forge with real Git; apart from the others because it loads the sandbox.
 *
 * @packageDocumentation
 */
export { startTestForge, type TestForge } from './testing/startTestForge';
