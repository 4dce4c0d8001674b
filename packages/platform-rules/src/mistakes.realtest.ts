import { readFileSync } from 'node:fs';
import {
  ApiServer,
  startRealPlatform,
  type RealPlatform,
} from '@internal/real-platform';
import {
  readMistakes,
  readRecorded,
  writeRecorded,
} from './__testUtils__/mistakes';
import { MistakesServer } from './__testUtils__/MistakesServer';

jest.setTimeout(600_000);

/** `RECORD=1` writes the verdicts instead of comparing them. */
const isRecording = process.env.RECORD === '1';

describe('the corpus of mistakes, on a real API server', () => {
  let platform: RealPlatform;
  let server: MistakesServer;

  beforeAll(async () => {
    platform = await startRealPlatform({ components: ['kubernetes'] });
    const { kubernetes } = platform;
    if (!kubernetes) {
      throw new Error('Kubernetes did not start');
    }
    const api = new ApiServer({
      authority: readFileSync(kubernetes.caFile, 'utf8'),
      token: kubernetes.adminToken,
    });
    server = await MistakesServer.create(api, kubernetes.url);
  });

  afterAll(async () => {
    await platform.stop();
  });

  it('has the recorded verdicts', async () => {
    const kubernetes = await server.version();
    const verdicts: Record<string, string | null> = {};
    for (const mistake of readMistakes()) {
      verdicts[mistake.name] = await server.verdictOf(mistake);
    }
    if (isRecording) {
      writeRecorded({ kubernetes, verdicts });
    }
    expect({ kubernetes, verdicts }).toEqual(readRecorded());
  });
});
