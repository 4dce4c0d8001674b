import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Draft } from '../kubernetes/KubernetesObject';
import { ObjectStore } from '../kubernetes/ObjectStore';
import { SavedState } from '../SavedState';
import { type Application, ARGOCD_NAMESPACE } from './Application';
import { ApplicationController } from './ApplicationController';

const COMMIT = 'e019882452464c5179cdd1ef2d723313582b9933';
const REPOSITORY = 'http://127.0.0.1:7010/acme/platform.git';
const SERVER = 'https://kubernetes.default.svc';
const FORBIDDEN =
  'one or more synchronization tasks are not valid: resource :ResourceQuota is not permitted in project team';

const draft: Draft = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name: 'team--greedy--dev', namespace: ARGOCD_NAMESPACE },
  spec: {
    project: 'team',
    source: { repoURL: REPOSITORY, targetRevision: 'main', path: 'greedy' },
    destination: { server: SERVER, namespace: 'team-dev' },
    syncPolicy: { automated: { prune: true, selfHeal: true } },
  },
};
const quota: Draft = {
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  metadata: { name: 'mine' },
  spec: { hard: { pods: '1000' } },
};

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'application-controller-'));
});
afterEach(async () => {
  jest.useRealTimers();
  await rm(directory, { recursive: true });
});

it('retries a failing sync five times, then reports the failure, as Argo CD does', async () => {
  const saved = await SavedState.open<never>(join(directory, 'saved.json'));
  jest.useFakeTimers({ now: Date.parse('2026-11-25T19:23:04Z') });
  const store = new ObjectStore();
  store.create({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name: 'team', namespace: ARGOCD_NAMESPACE },
    spec: {
      sourceRepos: [REPOSITORY],
      destinations: [{ server: SERVER, namespace: 'team-dev' }],
      namespaceResourceBlacklist: [{ group: '', kind: 'ResourceQuota' }],
    },
  });
  const controller = new ApplicationController({
    store,
    saved,
    now: Date.now,
  });
  const status = () =>
    store.get<Application>(
      'applications',
      ARGOCD_NAMESPACE,
      draft.metadata.name,
    )?.status;
  controller.update(draft, {
    commit: COMMIT,
    inputs: 'greedy',
    manifests: { objects: [quota], sourceType: 'Kustomize' },
  });

  for (const [attempt, seconds, clock] of [
    [1, 0, '7:23PM'],
    [2, 5, '7:23PM'],
    [3, 10, '7:23PM'],
    [4, 20, '7:24PM'],
    [5, 40, '7:25PM'],
  ] as const) {
    jest.advanceTimersByTime(seconds * 1000);
    expect(status()).toMatchObject({
      operationState: {
        phase: 'Running',
        message: `${FORBIDDEN}. Retrying attempt #${attempt} at ${clock}.`,
        retryCount: attempt,
        startedAt: '2026-11-25T19:23:04Z',
      },
    });
    expect(status()?.conditions).toBeUndefined();
  }
  jest.advanceTimersByTime(80_000);
  const message = `${FORBIDDEN} (retried 5 times).`;
  expect(status()).toMatchObject({
    sync: { status: 'OutOfSync' },
    health: { status: 'Missing' },
    operationState: { phase: 'Failed', message, retryCount: 5 },
    conditions: [
      {
        type: 'SyncError',
        message: `Failed last sync attempt to [${COMMIT}]: ${message}`,
      },
    ],
  });
  controller.stop();
  await saved.close();
});
