import { describeMainJob } from './__testUtils__/mainJob';
import { startSandboxTarget } from './__testUtils__/startSandboxTarget';

jest.setTimeout(180_000);

describe('the main job on the sandbox', () =>
  describeMainJob(startSandboxTarget));
