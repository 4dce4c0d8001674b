/**
 * For tests of the backends of the ML platform.
 *
 * @packageDocumentation
 */
export { createTestStore, testTiming } from './testing/createTestStore';
export { eventually } from './testing/eventually';
export { FakeKubernetes } from './testing/FakeKubernetes';
export type { FakeObject } from './testing/FakeObject';
export { fakeObjects } from './testing/fakeObjects';
export { fakePermissions, type FakeGrants } from './testing/fakePermissions';
export { hostileValues } from './testing/hostileValues';
export { seededFractions, seededIntegers } from './testing/seededRandom';
export { testDatabase, type TestDatabase } from './testing/testDatabase';
