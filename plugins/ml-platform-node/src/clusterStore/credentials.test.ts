import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { KubeConfig, type User } from '@kubernetes/client-node';
import { FakeKubernetes, testTiming } from '../testing';
import { KubernetesClusterStore } from './KubernetesClusterStore';

describe('credentials', () => {
  let kubernetes: FakeKubernetes;
  let directory: string;

  beforeEach(async () => {
    kubernetes = await FakeKubernetes.start();
    directory = await mkdtemp(join(tmpdir(), 'reflector-'));
  });
  afterEach(async () => {
    await kubernetes.stop();
    await rm(directory, { recursive: true });
  });

  const userOf = (kind: string, path: string): User =>
    kind === 'token file'
      ? {
          name: 'portal',
          authProvider: { name: 'tokenFile', config: { tokenFile: path } },
        }
      : {
          name: 'portal',
          exec: {
            apiVersion: 'client.authentication.k8s.io/v1beta1',
            command: process.execPath,
            args: [
              '-p',
              `JSON.stringify({status: {token: fs.readFileSync(${JSON.stringify(
                path,
              )}, 'utf8')}})`,
            ],
          },
        };

  it.each(['token file', 'exec plugin'])(
    'of a %s are read again when they are rejected',
    async kind => {
      const path = join(directory, 'token');
      await writeFile(path, 'first');
      kubernetes.acceptedToken = 'first';
      const store = startStore(kubernetes.url, userOf(kind, path));
      await kubernetes.settled(store);

      await writeFile(path, 'second');
      kubernetes.acceptedToken = 'second';
      kubernetes.resetWatches();
      kubernetes.objects.push({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'after', namespace: 'team' },
      });
      await kubernetes.settled(store);

      expect((await store.list('one', 'pods')).items).toHaveLength(1);
      await store.stop();
    },
  );

  it('are not sent to a server with an untrusted certificate', async () => {
    const paths = ['key.pem', 'cert.pem'].map(name => join(directory, name));
    await promisify(execFile)('openssl', [
      ...'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1'.split(
        ' ',
      ),
      ...'-nodes -days 1 -subj /CN=localhost'.split(' '),
      ...['-keyout', paths[0], '-out', paths[1]],
    ]);
    const onRequest = jest.fn();
    const [key, cert] = await Promise.all(paths.map(path => readFile(path)));
    const server = https.createServer({ key, cert }, onRequest);
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const store = startStore(`https://127.0.0.1:${port}`, {
      name: 'portal',
      token: 'a-token',
    });

    const { items, problem } = await store.list('one', 'pods');

    expect(items).toEqual([]);
    expect(problem?.kind).toBe('unreachable');
    expect(onRequest).not.toHaveBeenCalled();
    await store.stop();
    server.close();
  });

  it('that cannot be read are an authorization problem', async () => {
    const store = startStore(kubernetes.url, {
      name: 'portal',
      exec: {
        apiVersion: 'client.authentication.k8s.io/v1beta1',
        command: 'no-such-program',
      },
    });

    const { problem } = await store.list('one', 'pods');

    expect(problem?.kind).toBe('unauthorized');
    expect(kubernetes.requests).toEqual([]);
    await store.stop();
  });
});

function startStore(server: string, user: User): KubernetesClusterStore {
  const kubeConfig = new KubeConfig();
  const skipTLSVerify = server.startsWith('http:');
  kubeConfig.loadFromClusterAndUser(
    { name: 'one', server, skipTLSVerify },
    user,
  );
  return KubernetesClusterStore.start({
    clusters: [{ name: 'one', kubeConfig }],
    timeoutMs: 60_000,
    // An exec plugin is a process, which a busy machine starts slowly.
    timing: {
      ...testTiming,
      responseTimeoutMs: 60_000,
      watchIdleTimeoutMs: 60_000,
    },
  });
}
