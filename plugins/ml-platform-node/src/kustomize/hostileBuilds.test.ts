import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { hostileFields } from '../__testUtils__/hostile/fields';
import {
  HOST,
  type HostileKustomization,
} from '../__testUtils__/hostile/HostileKustomization';
import { hostileReferences } from '../__testUtils__/hostile/references';
import { hostileTexts } from '../__testUtils__/hostile/text';

jest.setTimeout(240_000);

const OBJECT =
  'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: victim}\ndata: {from: loopback}\n';

/** The corpus refuses what kustomize does: the real `kubectl kustomize` asks an address on loopback. */
describe('hostile kustomizations in the real kustomize', () => {
  let server: Server;
  let host: string;
  let asked: string[];

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end(OBJECT);
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const address = server.address();
    host = `127.0.0.1:${
      typeof address === 'object' && address ? address.port : 0
    }`;
  });

  beforeEach(() => {
    asked = [];
  });

  afterAll(async () => {
    await new Promise(resolve => {
      server.close(resolve);
    });
  });

  async function build({ kustomization, files = {} }: HostileKustomization) {
    const directory = await mkdtemp(path.join(tmpdir(), 'hostile-'));
    try {
      const all = {
        'victim.yaml': OBJECT,
        'kustomization.yaml': kustomization,
        ...files,
      };
      for (const [file, content] of Object.entries(all)) {
        await writeFile(
          path.join(directory, file),
          content.replaceAll(HOST, host),
        );
      }
      return await new Promise<string>(resolve => {
        execFile(
          'kubectl',
          ['kustomize', directory],
          {
            env: {
              PATH: process.env.PATH,
              HOME: directory,
              GIT_TERMINAL_PROMPT: '0',
            },
          },
          (_, stdout, stderr) => resolve(`${stdout}${stderr}`),
        );
      });
    } finally {
      await rm(directory, { recursive: true });
    }
  }

  it.each(
    [...hostileReferences, ...hostileFields, ...hostileTexts]
      .filter(({ asksHost }) => asksHost)
      .map(hostile => [hostile.name, hostile] as const),
  )('asks the host: %s', async (_, hostile) => {
    const output = await build(hostile);
    expect({ asked: asked.length > 0, output }).toEqual({
      asked: true,
      output,
    });
  });
});
