import { testDatabase } from '@internal/plugin-ml-platform-node/testing';
import { describeMainJob } from './__testUtils__/mainJob';
import { startSandboxTarget } from './__testUtils__/startSandboxTarget';

jest.setTimeout(180_000);

const database = testDatabase();

describe('the main job on the sandbox', () => {
  describeMainJob({ startTarget: startSandboxTarget, database });
});
