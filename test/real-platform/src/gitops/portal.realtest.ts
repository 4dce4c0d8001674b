import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kubectl } from '../kubernetes/Kubectl';
import { checkout } from '../paths';
import { waitUntil } from '../processes/waitUntil';
import { startRealPlatform, type RealPlatform } from '../startRealPlatform';

// Deadline of a test that fails; a passing test never reaches it.
jest.setTimeout(1_800_000);

const PLATFORM = join(checkout, 'infra/gitops/platform');
const NAMESPACE = '--namespace=ml-platform-portal';

let logDirectory: string;
let platform: RealPlatform;
let kubectl: Kubectl;

beforeAll(async () => {
  logDirectory = await mkdtemp(join(tmpdir(), 'portal-logs-'));
  platform = await startRealPlatform({
    components: ['kubernetes'],
    logDirectory,
    log: () => {},
  });
  kubectl = new Kubectl({
    kubeconfig: platform.kubernetes?.kubeconfig ?? '',
    environment: { PATH: process.env.PATH ?? '', HOME: platform.directory },
  });
  for (const directory of ['portal/base', 'portal-server/overlays/shared']) {
    await kubectl.run([
      'apply',
      '--server-side',
      '--validate=strict',
      '--kustomize',
      join(PLATFORM, directory),
    ]);
  }
});

afterAll(async () => {
  await platform?.stop();
  await rm(logDirectory, { recursive: true, force: true });
});

const get = async (...args: string[]) =>
  JSON.parse(await kubectl.run(['get', NAMESPACE, '--output=json', ...args]));

it('runs twice where only restricted pods may run', async () => {
  const pods = await waitUntil('the pods of the portal', async () => {
    const { items } = await get(
      'pods',
      '--selector=app.kubernetes.io/name=portal',
    );
    expect(items).toHaveLength(2);
    return items;
  });
  const namespace = await get('namespace', 'ml-platform-portal');
  expect(namespace.metadata.labels).toMatchObject({
    'pod-security.kubernetes.io/enforce': 'restricted',
  });
  expect(
    pods[0].spec.containers[0].volumeMounts.map(
      ({ mountPath }: { mountPath: string }) => mountPath,
    ),
  ).toContain('/var/run/secrets/kubernetes.io/serviceaccount');
});

it('keeps one pod when nodes are drained', async () => {
  await waitUntil('the disruption budget', async () => {
    const { status } = await get('poddisruptionbudget', 'portal');
    expect(status).toMatchObject({ expectedPods: 2, desiredHealthy: 1 });
  });
});

it('has its secrets by reference only', async () => {
  const { data, metadata } = await get('configmap', 'portal');
  expect(metadata.name).toBe('portal');
  expect(
    Object.keys(data).filter(name => /SECRET|TOKEN|PASSWORD/.test(name)),
  ).toEqual([]);
  const { spec } = await get('externalsecret', 'portal');
  expect(spec.secretStoreRef).toEqual({
    kind: 'ClusterSecretStore',
    name: 'platform',
  });
  expect((await get('secrets')).items).toEqual([]);
});
