import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFiles } from './__testUtils__/git';

const SERVERS = { forge: '/', 'Kubernetes API': '/version', Grafana: '/' };
const FREE_PORTS = [
  ...['--forge-port', '0'],
  ...['--kubernetes-port', '0'],
  ...['--grafana-port', '0'],
];

/** Runs the sandbox as `npm start` does. */
function runMain(directory: string, ...args: string[]) {
  const child = spawn(
    process.execPath,
    [
      '--require',
      require.resolve('@backstage/cli-node/config/nodeTransform.cjs'),
      join(__dirname, 'main.ts'),
      '--state-dir',
      join(directory, 'state'),
      '--seed-root',
      directory,
      ...args,
    ],
    { env: { PATH: process.env.PATH, HOME: directory, NODE_ENV: 'test' } },
  );
  const run = { output: '', errors: '' };
  child.stdout.on('data', chunk => (run.output += chunk));
  child.stderr.on('data', chunk => (run.errors += chunk));
  const ended = new Promise<number | null>(resolve => {
    child.on('close', resolve);
  });
  const ready = new Promise<void>(resolve => {
    child.stdout.on(
      'data',
      () =>
        run.output.split(' is ready at ').length >
          Object.keys(SERVERS).length && resolve(),
    );
  });
  return { child, run, ended, ready };
}

describe('the sandbox as a process', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'sandbox-test-'));
    await writeFiles(directory, {
      'infra/gitops/bootstrap/sandbox/kustomization.yaml': `configMapGenerator:
  - name: platform-repository
    literals: [url=x]
    options: { annotations: { config.kubernetes.io/local-config: 'true' } }
`,
      'templates/t.yaml': 'kind: Template\n',
    });
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'says where its servers are, and ends cleanly on %s',
    async signal => {
      const { child, run, ended, ready } = runMain(directory, ...FREE_PORTS);
      await Promise.race([ready, ended]);
      for (const [name, path] of Object.entries(SERVERS)) {
        const [, url] = new RegExp(
          `Sandbox ${name} is ready at (http://127\\.0\\.0\\.1:\\d+)\n`,
        ).exec(run.output)!;
        expect((await fetch(url + path)).status).toBe(200);
      }
      child.kill(signal);
      expect(await ended).toBe(0);
      expect(run.errors).toBe('');
    },
    60_000,
  );

  it('names a taken port and what to do about it', async () => {
    const other = createServer();
    await new Promise<void>(resolve => {
      other.listen(0, '127.0.0.1', resolve);
    });
    const { port } = other.address() as AddressInfo;
    const flags = [...FREE_PORTS, '--grafana-port', String(port)];
    const { run, ended } = runMain(directory, ...flags);
    expect(await ended).toBe(1);
    expect(run.errors).toBe(
      `Port ${port}, which the sandbox Grafana needs, is taken by another program. ` +
        'End that program, or choose another port with --grafana-port.\n',
    );
    other.close();
  }, 60_000);
});
