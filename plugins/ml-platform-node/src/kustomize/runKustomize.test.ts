import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildNetwork } from './buildNetwork';
import { runKustomize } from './runKustomize';

jest.setTimeout(120_000);

const isolates =
  process.platform === 'linux' &&
  spawnSync('unshare', ['--map-root-user', '--net', 'true']).status === 0;

describe('runKustomize', () => {
  let directory: string;
  let server: Server;
  let url: string;
  let asked: string[];

  beforeEach(async () => {
    asked = [];
    server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end('apiVersion: v1\nkind: PodList\nmetadata: {name: pods}\n');
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const address = server.address();
    url = `http://127.0.0.1:${
      typeof address === 'object' && address ? address.port : 0
    }/api/v1/pods`;
    directory = await mkdtemp(path.join(tmpdir(), 'run-kustomize-'));
  });

  afterEach(async () => {
    await rm(directory, { recursive: true });
    await new Promise(resolve => {
      server.close(resolve);
    });
  });

  async function build(kustomization: string) {
    await writeFile(path.join(directory, 'kustomization.yaml'), kustomization);
    return runKustomize(directory, {});
  }

  it('finds out whether builds can have no network', async () => {
    expect(await buildNetwork()).toBe(isolates ? 'none' : 'host');
  });

  it('builds', async () => {
    await expect(
      build('configMapGenerator: [{name: x, literals: [a=b]}]'),
    ).resolves.toMatchObject({ exitCode: 0, stderr: '' });
  });

  (isolates ? describe : describe.skip)(
    'where the system allows network namespaces',
    () => {
      it('keeps a build from loopback', async () => {
        for (const kustomization of [
          `resources: ['${url}']`,
          `configMapGenerator: [{name: x, files: ['a=${url}']}]`,
          `resources: ['${url}/acme/x.git']`,
        ]) {
          const { exitCode, stdout } = await build(kustomization);
          expect(exitCode).not.toBe(0);
          expect(stdout.toString()).toBe('');
        }
        expect(asked).toEqual([]);
        // The server would have answered.
        expect((await fetch(url)).status).toBe(200);
        expect(asked).toEqual(['/api/v1/pods']);
      });
    },
  );

  (process.platform === 'linux' ? describe : describe.skip)(
    'where the system limits memory',
    () => {
      it('stops a build that needs much of it', async () => {
        await writeFile(
          path.join(directory, 'object.yaml'),
          'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata: {a: x}\n',
        );
        // Each puts the text before itself.
        const double =
          '  - {source: {kind: ConfigMap, fieldPath: data.a}, targets: [{select: {kind: ConfigMap}, fieldPaths: [data.a], options: {delimiter: "-", index: -1}}]}\n';
        await expect(
          build(
            `resources: [object.yaml]\nreplacements:\n${double.repeat(60)}`,
          ),
        ).rejects.toThrow(
          'Kustomize needs more than 512 MiB of memory for this. Make the kustomization smaller: look for replacements, patches and labels that multiply text.',
        );
      });
    },
  );

  it('stops a build that prints much, while it prints', async () => {
    await writeFile(path.join(directory, 'data.txt'), 'x'.repeat(1_000_000));
    const files = Array.from(
      { length: 20 },
      (_, index) => `k${index}=data.txt`,
    );
    await expect(
      build(`configMapGenerator: [{name: x, files: [${files}]}]`),
    ).rejects.toThrow(
      'Kustomize renders more than 16777216 bytes. Make the kustomization smaller.',
    );
  });

  it('says that kubectl is missing', async () => {
    const before = process.env.PATH;
    await buildNetwork();
    process.env.PATH = directory;
    try {
      await expect(build('resources: []')).rejects.toThrow(
        'The portal cannot run Kustomize because kubectl is not installed. Contact the platform team.',
      );
    } finally {
      process.env.PATH = before;
    }
  });
});
