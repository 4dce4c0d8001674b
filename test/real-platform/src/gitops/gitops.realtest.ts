import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkout } from '../paths';
import { waitUntil } from '../processes/waitUntil';
import { startRealPlatform, type RealPlatform } from '../startRealPlatform';
import { type Application, Cluster, type ClusterObject } from './Cluster';
import { intendedApplications } from './intendedApplications';
import { applyRoot, pushNewTeam } from './newTeam';
import { PlatformRepository } from './PlatformRepository';
import {
  filesOfForbiddenObjects,
  type ForbiddenObject,
  forbiddenObjects,
} from './forbiddenObjects';

// Deadline of a test that fails; a passing test never reaches it.
jest.setTimeout(1_800_000);

const DATA_TEAM = 'infra/gitops/workloads/app-data-team';
const ML_TEAM = 'infra/gitops/workloads/app-ml-team';
const RUN = 'churn-training-20261120-1';

let logDirectory: string;
let platform: RealPlatform;
let cluster: Cluster;
let repository: PlatformRepository;

beforeAll(async () => {
  logDirectory = await mkdtemp(join(tmpdir(), 'gitops-logs-'));
  platform = await startRealPlatform({ logDirectory, log: () => {} });
  cluster = new Cluster(platform);
  repository = await PlatformRepository.clone(platform);
});

afterAll(async () => {
  await platform?.stop();
  await rm(logDirectory, { recursive: true, force: true });
});

function names(objects: ClusterObject[]): string[] {
  return objects.map(({ metadata }) => metadata.name).sort();
}

async function expectRunning(applications: string[]): Promise<void> {
  const states = new Map(
    (await cluster.applications()).map(({ metadata, status }) => [
      metadata.name,
      `${status?.sync?.status} ${status?.health?.status}`,
    ]),
  );
  const waiting = applications
    .map(name => `${name} ${states.get(name)}`)
    .filter(state => !/ Synced Healthy$/.test(state));
  expect(waiting).toEqual([]);
}

it('generates exactly the intended Applications', async () => {
  const intended = await intendedApplications(checkout);
  await waitUntil('the list of Applications', async () => {
    const found = (await cluster.applications())
      .map(({ metadata, spec }) => ({
        name: metadata.name,
        project: spec.project,
        ...(spec.destination.namespace && {
          namespace: spec.destination.namespace,
        }),
        path: spec.source.path,
      }))
      .sort((one, other) => one.name.localeCompare(other.name));
    expect(found).toEqual(intended);
  });
});

it('deploys everything successfully, with Pod Security, quotas and policies', async () => {
  const intended = await intendedApplications(checkout);
  await waitUntil('all Applications', () =>
    expectRunning(intended.map(({ name }) => name)),
  );

  const tenants = await cluster.list('namespaces', '-l=ml-platform.io/team');
  expect(names(tenants)).toEqual(
    [...new Set(intended.flatMap(({ namespace }) => namespace ?? []))].sort(),
  );
  for (const { metadata } of tenants) {
    expect(metadata.labels).toMatchObject({
      'ml-platform.io/environment': expect.stringMatching(/^[a-z]+$/),
      'pod-security.kubernetes.io/enforce': 'restricted',
    });
  }
  const quotas = await cluster.list<
    ClusterObject & { status: { used: Record<string, string> } }
  >('resourcequotas', '--all-namespaces');
  expect(quotas).toHaveLength(tenants.length);
  for (const { status } of quotas) {
    expect(Number(status.used.pods)).toBeGreaterThan(0);
    // Queues limit GPUs.
    expect(Object.keys(status.used).join()).not.toMatch(/gpu/);
  }
  const events = await cluster.list<
    ClusterObject & { reason: string; message: string }
  >('events', '--all-namespaces', '--field-selector=type=Warning');
  expect(
    events
      .map(({ message }) => message)
      .filter(text => /exceeded quota|PodSecurity|denied request/.test(text)),
  ).toEqual([]);
});

it('gives a new team its namespaces, quotas, queue and project', async () => {
  await applyRoot(cluster, platform.gitea?.repositoryUrl);
  await pushNewTeam(repository);
  await cluster.refresh();
  await waitUntil('the objects of the new team', async () => {
    const ofTeam = async (type: string, ...args: string[]) =>
      names(await cluster.list(type, ...args, '-l=ml-platform.io/team=risk'));
    expect(await ofTeam('namespaces')).toEqual(['risk', 'risk-dev']);
    const quotas = await cluster.list<
      ClusterObject & { spec: { hard: Record<string, string> } }
    >('resourcequotas', '--all-namespaces');
    expect(
      quotas
        .filter(({ metadata }) =>
          /^risk(-dev)?$/.test(metadata.namespace ?? ''),
        )
        .map(({ spec }) => spec.hard['requests.cpu'])
        .sort(),
    ).toEqual(['64', '8']);
    expect(await ofTeam('clusterqueues.kueue.x-k8s.io')).toEqual(['risk']);
    expect(
      names(
        await cluster.list('appprojects.argoproj.io', '--namespace=argocd'),
      ),
    ).toContain('risk');
    await expectRunning(['tenant--risk--dev', 'tenant--risk--prod', 'root']);
  });
});

it('rejects objects that a team may not deploy', async () => {
  await repository.push('Add forbidden objects', {
    write: filesOfForbiddenObjects(DATA_TEAM),
  });
  await cluster.refresh();
  for (const object of forbiddenObjects) {
    await waitUntil(`the rejection of ${object.workload}`, () =>
      expectRejection(object),
    );
  }
  const created = await Promise.all(forbiddenObjects.map(objectsLike));
  expect(created.flat()).toEqual([]);

  await repository.push('Remove forbidden objects', {
    remove: forbiddenObjects.map(({ workload }) => `${DATA_TEAM}/${workload}`),
  });
});

async function expectRejection({
  workload,
  message,
}: ForbiddenObject): Promise<void> {
  const name = `app-data-team--${workload}--dev`;
  expect(messagesOf(await cluster.application(name))).toMatch(message);
}

async function objectsLike({ type, object }: ForbiddenObject) {
  const { name, namespace } = object.metadata;
  const all = await cluster.list(type, '--all-namespaces');
  return all.filter(
    ({ metadata }) =>
      metadata.name === name &&
      (!namespace || metadata.namespace === namespace),
  );
}

function messagesOf(application: Application | undefined): string {
  const { conditions = [], operationState } = application?.status ?? {};
  return [
    ...conditions.map(({ message }) => message),
    operationState?.message,
    ...(operationState?.syncResult?.resources ?? []).map(
      ({ message }) => message,
    ),
  ].join('\n');
}

it('never deletes production workloads or volumes without confirmation', async () => {
  await repository.push('Remove a workload from two environments', {
    remove: [
      `${ML_TEAM}/batch-scoring/overlays/dev`,
      `${ML_TEAM}/batch-scoring/overlays/prod`,
      `${DATA_TEAM}/data-database/overlays/dev`,
    ],
  });
  await cluster.refresh();

  await waitUntil('the removal of batch-scoring in dev', async () => {
    expect(
      await cluster.application('app-ml-team--batch-scoring--dev'),
    ).toBeUndefined();
  });
  const production = await cluster.application(
    'app-ml-team--batch-scoring--prod',
  );
  expect(production?.metadata.deletionTimestamp).toBeUndefined();
  expect(
    names(await cluster.list('cronjobs', '--namespace=app-ml-team')),
  ).toContain('batch-scoring');

  // The deletion of the database's Application waits for confirmation.
  await waitUntil('the deletion timestamp of the database', async () => {
    const database = await cluster.application(
      'app-data-team--data-database--dev',
    );
    expect(database?.metadata.deletionTimestamp).toBeDefined();
  });
  for (const type of ['persistentvolumeclaims', 'statefulsets']) {
    const left = await cluster.list(type, '--namespace=app-data-team-dev');
    const database = left.find(
      ({ metadata }) => metadata.name === 'data-database',
    );
    expect(database).toBeDefined();
    expect(database?.metadata.deletionTimestamp).toBeUndefined();
  }
});

it('does not start archived runs on a cluster that is rebuilt from Git', async () => {
  const runs = `${ML_TEAM}/churn-training/runs`;
  expect(names(await trainingJobs())).toEqual([RUN]);

  await repository.push('Archive the run', {
    write: {
      [`${runs}/archive/dev/${RUN}.yaml`]: await repository.read(
        `${runs}/dev/${RUN}.yaml`,
      ),
    },
    remove: [`${runs}/dev`],
  });
  await cluster.refresh();
  await waitUntil('the removal of the archived run', async () => {
    expect(await trainingJobs()).toEqual([]);
  });

  const content = join(logDirectory, 'content');
  await cp(repository.directory, content, { recursive: true });
  await platform.stop();
  platform = await startRealPlatform({ logDirectory, content, log: () => {} });
  cluster = new Cluster(platform);

  const inDev = (await intendedApplications(content))
    .filter(({ namespace }) => namespace === 'app-ml-team-dev')
    .map(({ name }) => name);
  expect(inDev).toContain('app-ml-team--churn-training--dev');
  await waitUntil('the namespace of the team on the new cluster', () =>
    expectRunning(inDev),
  );
  expect(await trainingJobs()).toEqual([]);
});

function trainingJobs(): Promise<ClusterObject[]> {
  return cluster.list(
    'jobs',
    '--namespace=app-ml-team-dev',
    '-l=app.kubernetes.io/name=churn-training',
  );
}
