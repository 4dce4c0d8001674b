import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiFixture } from '../__testUtils__/ApiFixture';
import { withDefaults } from '../controllers/withDefaults';

const READ_ONLY =
  'this is the sandbox, which is read-only because Argo CD applies all objects from Git. ';
const CLONE =
  'Clone the platform repository with "git clone http://127.0.0.1:7010/acme/platform.git", push a branch and open a pull request';

const WEB = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'team' },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'server', image: 'example.com/web:1' }] },
    },
  },
};

describe('kubectl', () => {
  let api: ApiFixture;
  let directory: string;
  beforeAll(async () => {
    api = await ApiFixture.start();
    api.store.create(withDefaults(WEB));
    api.store.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web-1', namespace: 'team', labels: { app: 'web' } },
      spec: { containers: [{ name: 'server' }], nodeName: 'n' },
      status: { phase: 'Running' },
    });
    directory = await mkdtemp(join(tmpdir(), 'sandbox-kubectl-'));
    await writeFile(join(directory, 'web.json'), JSON.stringify(WEB));
    const scaled = { ...WEB, spec: { ...WEB.spec, replicas: 3 } };
    await writeFile(join(directory, 'scaled.json'), JSON.stringify(scaled));
    const added = { ...WEB, metadata: { ...WEB.metadata, name: 'new' } };
    await writeFile(join(directory, 'new.json'), JSON.stringify(added));
    const editor = '#!/bin/sh\nsed -i "s/replicas: 2/replicas: 4/" "$1"\n';
    await writeFile(join(directory, 'editor'), editor);
    await chmod(join(directory, 'editor'), 0o700);
  });
  afterAll(async () => {
    await api.stop();
    await rm(directory, { recursive: true, force: true });
  });

  /** Runs kubectl in the directory, and returns its exit code and all of its output. */
  const kubectl = (...args: string[]) =>
    new Promise<{ code: number; output: string }>(resolve => {
      execFile(
        'kubectl',
        ['--server', api.url, '--namespace', 'team', ...args],
        {
          cwd: directory,
          env: {
            PATH: process.env.PATH,
            HOME: directory,
            TMPDIR: directory,
            EDITOR: join(directory, 'editor'),
          },
        },
        (error, stdout, stderr) =>
          resolve({ code: Number(error?.code ?? 0), output: stdout + stderr }),
      );
    });

  it('asks who it is and what it may do', async () => {
    expect((await kubectl('auth', 'whoami')).output).toContain(
      'system:anonymous',
    );
    expect(await kubectl('auth', 'can-i', 'list', 'pods')).toEqual({
      code: 0,
      output: 'yes\n',
    });
    const denied = await kubectl('auth', 'can-i', 'delete', 'deployments');
    expect(denied).toEqual({
      code: 1,
      output: `no - ${READ_ONLY}To delete an object, remove its file and its line in the kustomization. ${CLONE}\n`,
    });
    expect((await kubectl('auth', 'can-i', '--list')).output).toMatch(
      /^deployments\.apps +\[\] +\[\] +\[get list watch\]$/m,
    );
  });

  it('explains types and compares manifests', async () => {
    const { output } = await kubectl('explain', 'deployment.spec.replicas');
    expect(output).toContain('FIELD: replicas <integer>');
    expect(output).toContain('Number of desired pods.');
    expect(
      (await kubectl('explain', 'application.spec.source.path')).output,
    ).toContain('FIELD: path <string>');
    expect(await kubectl('diff', '-f', 'web.json')).toEqual({
      code: 0,
      output: '',
    });
    for (const options of [[], ['--server-side']]) {
      const changed = await kubectl('diff', '-f', 'scaled.json', ...options);
      expect(changed.code).toBe(1);
      expect(changed.output).toMatch(/^- {2}replicas: 2\n\+ {2}replicas: 3$/m);
    }
    const added = await kubectl('diff', '-f', 'new.json');
    expect(added.code).toBe(1);
    expect(added.output).toContain('+  name: new');
    expect(
      (await kubectl('get', 'deploy', 'web', '--subresource', 'status')).output,
    ).toContain('web');
  });

  it.each([
    [['apply', '-f', 'scaled.json'], 'To scale, edit replicas'],
    [['apply', '-f', 'scaled.json', '--dry-run=server'], 'To scale'],
    [
      ['apply', '-f', 'scaled.json', '--server-side'],
      'To change an object, edit its manifest',
    ],
    [['edit', 'deploy', 'web'], 'To scale, edit replicas'],
    [['scale', 'deploy/web', '--replicas=5'], 'To scale, edit replicas'],
    [['rollout', 'restart', 'deploy/web'], 'To restart the pods'],
    [['set', 'image', 'deploy/web', 'server=x'], 'To deploy another image'],
    [['label', 'deploy', 'web', 'a=b'], 'To change labels or annotations'],
    [['delete', 'deploy', 'web'], 'To delete an object'],
    [['create', 'configmap', 'x'], 'To create an object'],
    [['run', 'x', '--image=x'], 'To run a pod'],
    [['autoscale', 'deploy', 'web', '--max=3'], 'To create an object'],
    [['exec', 'web-1', '--', 'ls'], 'The sandbox runs no containers'],
    [['attach', 'web-1'], 'The sandbox runs no containers'],
    [['port-forward', 'web-1', '1:1'], 'The sandbox runs no containers'],
  ])('%j shows how to make the change in Git', async (args, hint) => {
    const { code, output } = await kubectl(...args);
    expect(code).toBeGreaterThan(0);
    expect(output).toContain(`is forbidden: ${READ_ONLY}${hint}`);
    expect(output).toContain(CLONE);
  });
});
