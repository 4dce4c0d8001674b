import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { GiteaClient } from '../forge/GiteaClient';
import { Kubectl } from '../kubernetes/Kubectl';
import { checkout } from '../paths';
import { run } from '../processes/run';
import { startRealPlatform, type RealPlatform } from '../startRealPlatform';

// Deadline of a test that fails; a passing test never reaches it.
jest.setTimeout(1_800_000);

// Tests the steps of `yarn kind:up` that need neither Docker nor Helm on a real forge and a real API server.
let logDirectory: string;
let platform: Required<Pick<RealPlatform, 'kubernetes' | 'gitea'>> &
  RealPlatform;
let kubectl: Kubectl;

beforeAll(async () => {
  logDirectory = await mkdtemp(join(tmpdir(), 'kind-logs-'));
  const started = await startRealPlatform({
    components: ['kubernetes', 'gitea'],
    logDirectory,
    log: () => {},
  });
  const { kubernetes, gitea } = started;
  if (!kubernetes || !gitea) {
    throw new Error('The platform started without Kubernetes or Gitea');
  }
  platform = { ...started, kubernetes, gitea };
  kubectl = new Kubectl({
    kubeconfig: kubernetes.kubeconfig,
    environment: { PATH: process.env.PATH ?? '', HOME: platform.directory },
  });
});

afterAll(async () => {
  await platform?.stop();
  await rm(logDirectory, { recursive: true, force: true });
});

/** Runs statements with a script's exports, and parses their output as JSON. */
async function withScript<Output>(
  name: string,
  statements: string,
): Promise<Output> {
  const module = (file: string) =>
    JSON.stringify(pathToFileURL(join(checkout, 'scripts/kind', file)).href);
  const code = `
    import * as script from ${module(name)};
    import { Kubectl } from ${module('Kubectl.mjs')};
    const kubectl = new Kubectl(${JSON.stringify(
      platform.kubernetes.kubeconfig,
    )});
    ${statements}`;
  const output = await run(process.execPath, [
    '--input-type=module',
    '--eval',
    code,
  ]);
  return JSON.parse(output || 'null');
}

it('seeds an empty forge, and leaves a seeded one unchanged', async () => {
  const { url, accounts } = platform.gitea;
  const { username, password } = accounts['platform-engineer'];
  const seed = () =>
    withScript<Record<string, string>>(
      'seedForge.mjs',
      `console.log(JSON.stringify(await script.seedForge(${JSON.stringify({
        url,
        administrator: { username, password },
        owner: 'kind',
      })})));`,
    );
  const head = async (token: string) => {
    const client = new GiteaClient({ url, token });
    const branch = await client.request(
      'GET',
      '/repos/kind/platform/branches/main',
    );
    return (branch as { commit: { id: string } }).commit.id;
  };

  const first = await seed();
  const commit = await head(first['portal-bot']);
  const client = new GiteaClient({ url, token: first['portal-bot'] });
  for (const path of [
    'infra/gitops/bootstrap/kind/root.yaml',
    'templates/ml-service/template.yaml',
  ]) {
    await client.request('GET', `/repos/kind/platform/contents/${path}`);
  }
  const edit = (branch: object) =>
    client.request('POST', '/repos/kind/platform/contents/NOTE.md', {
      content: Buffer.from('note').toString('base64'),
      ...branch,
    });
  await edit({ new_branch: 'change' });
  await expect(edit({ branch: 'main' })).rejects.toThrow(/403/);
  await expect(
    new GiteaClient({ url, token: first.argocd }).request(
      'POST',
      '/repos/kind/platform/contents/NOTE.md',
      { content: 'bm90ZQ==', new_branch: 'other' },
    ),
  ).rejects.toThrow(/40[34]/);

  const second = await seed();
  expect(await head(second['portal-bot'])).toBe(commit);
  expect(await head(second.argocd)).toBe(commit);
  // The older tokens are no longer valid.
  await expect(head(first['portal-bot'])).rejects.toThrow(/401/);
});

it('adds GPUs to nodes repeatedly', async () => {
  await kubectl.run(['label', 'node', 'cpu-2', 'ml-platform.io/pool=gpu']);
  for (let time = 0; time < 2; time++) {
    await withScript(
      'gpus.mjs',
      "await script.simulateGpus(kubectl, { selector: 'ml-platform.io/pool=gpu', count: 4 });",
    );
  }
  const node = JSON.parse(
    await kubectl.run(['get', 'node', 'cpu-2', '--output=json']),
  );
  expect(node.status.capacity['nvidia.com/gpu']).toBe('4');
  expect(node.spec.taints).toEqual([
    { key: 'nvidia.com/gpu', value: 'present', effect: 'NoSchedule' },
  ]);
});

it('creates the Secrets of the databases once', async () => {
  const namespaces = ['app-core-team', 'app-data-team'].flatMap(team =>
    ['-dev', '-staging', '-uat', ''].map(suffix => `${team}${suffix}`),
  );
  await kubectl.applyObjects(
    namespaces.map(name => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
    })),
  );
  const passwords = async () => {
    await withScript(
      'secrets.mjs',
      'await script.createDatabaseSecrets(kubectl);',
    );
    return kubectl.run([
      'get',
      'secrets',
      '--all-namespaces',
      '--field-selector=metadata.name=database',
      '--output=jsonpath={range .items[*]}{.metadata.namespace} {.data.uri}{"\\n"}{end}',
    ]);
  };

  const first = await passwords();
  expect(first.trim().split('\n')).toHaveLength(namespaces.length);
  const [, uri] = first.split(/\s/);
  expect(Buffer.from(uri, 'base64').toString()).toMatch(
    /^postgres:\/\/platform:[0-9a-f]{32}@core-database:5432\/platform$/,
  );
  expect(await passwords()).toBe(first);
});

it('has a valid bootstrap, and a portal that can only read', async () => {
  await kubectl.applyObjects([
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'argocd' } },
  ]);
  for (const cluster of ['shared', 'kind']) {
    const output = await kubectl.run([
      'apply',
      '--server-side',
      '--force-conflicts',
      '--validate=strict',
      '--kustomize',
      join(checkout, 'infra/gitops/bootstrap', cluster),
    ]);
    expect(output).toContain('application.argoproj.io/root serverside-applied');
  }

  const canI = async (verb: string, type: string) => {
    const output = await kubectl
      .run([
        'auth',
        'can-i',
        verb,
        type,
        '--all-namespaces',
        '--as=system:serviceaccount:ml-platform-portal:portal',
      ])
      // kubectl fails if the result is "no".
      .catch(() => 'no');
    return output.trim();
  };
  for (const type of ['pods', 'pods/log', 'applications.argoproj.io']) {
    expect([type, await canI('list', type)]).toEqual([type, 'yes']);
  }
  expect(await canI('list', 'secrets')).toBe('no');
  expect(await canI('delete', 'pods')).toBe('no');
  await kubectl.run([
    'create',
    'token',
    'portal',
    '--namespace=ml-platform-portal',
    '--duration=720h',
  ]);
});
