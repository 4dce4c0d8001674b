import { execFile, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve as resolvePath } from 'node:path';
import { promisify } from 'node:util';
import { eventually } from './__testUtils__/eventually';
import { writeFiles } from './__testUtils__/git';
import { sandboxAccounts } from './forge';

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

/** Receives webhook deliveries, and verifies them with the secret in app-config.yaml. */
async function startReceiver() {
  const events: Array<{ context: string; isSigned: boolean }> = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    const signature = createHmac('sha256', 'sandbox-webhook-secret')
      .update(body)
      .digest('hex');
    events.push({
      context: JSON.parse(body.toString()).context,
      isSigned: request.headers['x-gitea-signature'] === signature,
    });
    response.end();
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    events,
    url: `http://127.0.0.1:${port}/hook`,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
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
    'prints the URLs of its servers, and exits cleanly on %s',
    async signal => {
      const { child, run, ended, ready } = runMain(directory, ...FREE_PORTS);
      await Promise.race([ready, ended]);
      for (const [name, path] of Object.entries(SERVERS)) {
        const [, url] = new RegExp(
          `Sandbox ${name} is ready at (http://127\\.0\\.0\\.1:\\d+)\n`,
        ).exec(run.output)!;
        expect((await fetch(url + path)).status).toBe(200);
      }
      for (const line of run.output.trim().split('\n')) {
        expect(line).toMatch(/^\S+Z sandbox info /);
      }
      const [, command] = /Clone the platform repository: (.+)\n/.exec(
        run.output,
      )!;
      await promisify(execFile)('sh', ['-c', command], {
        cwd: directory,
        env: { PATH: process.env.PATH, HOME: directory },
      });
      expect(existsSync(join(directory, 'platform/templates/t.yaml'))).toBe(
        true,
      );
      const published = command.replace(/127\.0\.0\.1:\d+/, '127.0.0.1:7010');
      for (const file of ['README.md', 'scripts/start/sandbox.mjs']) {
        const text = await readFile(
          resolvePath(__dirname, '../../..', file),
          'utf8',
        );
        expect(text).toContain(published);
      }
      child.kill(signal);
      expect(await ended).toBe(0);
      expect(run.errors).toBe('');
    },
  );

  it('delivers signed webhooks of the forge to the portal', async () => {
    const { events, url, stop } = await startReceiver();
    const flags = [...FREE_PORTS, '--webhook-url', url];
    for (let time = 0; time < 2; time += 1) {
      const { child, run, ended, ready } = runMain(directory, ...flags);
      await Promise.race([ready, ended]);
      const [, forge] = /Sandbox forge is ready at (\S+)/.exec(run.output)!;
      const response = await fetch(
        `${forge}/api/v1/repos/acme/platform/statuses/main`,
        {
          method: 'POST',
          headers: {
            Authorization: `token ${sandboxAccounts.platformEngineer.token}`,
            'Content-Type': 'application/json',
          },
          body: JSON.stringify({ state: 'success', context: `check-${time}` }),
        },
      );
      expect(response.status).toBe(201);
      await eventually(() => expect(events).toHaveLength(time + 1));
      child.kill();
      expect(await ended).toBe(0);
    }
    stop();
    // One delivery each: the second start does not create the webhook again.
    expect(events).toEqual([
      { context: 'check-0', isSigned: true },
      { context: 'check-1', isSigned: true },
    ]);
  });

  it('reports a port that is in use, with instructions', async () => {
    const other = createServer();
    await new Promise<void>(resolve => {
      other.listen(0, '127.0.0.1', resolve);
    });
    const { port } = other.address() as AddressInfo;
    const flags = [...FREE_PORTS, '--grafana-port', String(port)];
    const { run, ended } = runMain(directory, ...flags);
    expect(await ended).toBe(1);
    expect(run.errors).toBe(
      `Port ${port} of the sandbox Grafana is already in use. ` +
        'Stop the program that uses it, or choose another port with --grafana-port.\n',
    );
    other.close();
  });
});
