import type {
  EnvironmentNeeds,
  QuotaResource,
  TeamQuota,
} from '@internal/plugin-ml-platform-common';
import { screen } from '@testing-library/react';
import { startPlatformServer } from '../__testUtils__/platformServer';
import { API, renderWithPlatform } from '../__testUtils__/renderWithPlatform';
import { staleness } from '../__testUtils__/samples';
import { CapacitySection } from './CapacitySection';

const QUOTA = `${API}/teams/app-ml-team/quota`;
const GIB = 2 ** 30;

const nothing = { pods: 0, cpu: 0, memory: 0, gpus: 0, storage: 0 };

const run: EnvironmentNeeds = {
  environment: 'dev',
  cluster: 'sandbox',
  namespace: 'app-ml-team-dev',
  before: nothing,
  after: nothing,
  most: nothing,
  jobs: { pods: 1, cpu: 2, memory: 8 * GIB, gpus: 4, storage: 0 },
  queue: { gpus: 8, mostGpus: 10 },
};

const resource = (name: string, used: number, hard: number): QuotaResource => ({
  resource: name,
  kind: 'cpu',
  unit: 'count',
  used,
  hard,
  hardQuantity: String(hard),
  quota: 'tenant',
  scopes: [],
});

function quota(options: {
  gpusInUse: number;
  resources: QuotaResource[];
}): TeamQuota {
  return {
    team: 'app-ml-team',
    environments: [
      {
        environment: 'dev',
        cluster: 'sandbox',
        namespace: 'app-ml-team-dev',
        resources: options.resources,
        consumers: [
          {
            workload: 'training',
            pods: 1,
            cpu: 1,
            memory: GIB,
            gpus: options.gpusInUse,
            gpuAmounts: [],
          },
        ],
        consumersTotal: 1,
        limits: [],
      },
    ],
    freshness: { stale: false, problems: [] },
  };
}

const PLENTY = [
  resource('pods', 4, 40),
  resource('requests.cpu', 2, 8),
  resource('requests.memory', 8 * GIB, 24 * GIB),
];

describe('CapacitySection', () => {
  const platform = startPlatformServer();

  const show = (needs: EnvironmentNeeds[]) =>
    renderWithPlatform(<CapacitySection team="app-ml-team" needs={needs} />);

  it('expects a run to wait for the GPUs that the queue does not have now', async () => {
    platform.respond(QUOTA, quota({ gpusInUse: 6, resources: PLENTY }));
    show([run]);

    expect(
      screen.getByText(
        'dev: its Jobs need 1 pod, 2 CPUs, 8 GiB of memory and 4 GPUs while they run.',
      ),
    ).toBeVisible();
    expect(await screen.findByText('Expected to wait')).toBeVisible();
    expect(
      screen.getByText(
        "Needs 4 GPUs; 2 of 8 in the team's queue are free: expected to wait, unless other teams lend theirs.",
      ),
    ).toBeVisible();
    expect(
      screen.getByText(
        'Fits into what is left of the quota of app-ml-team-dev: 36 pods, 6 CPUs and 16 GiB of memory.',
      ),
    ).toBeVisible();
  });

  it('says that the queue can never grant as much', async () => {
    platform.respond(QUOTA, quota({ gpusInUse: 0, resources: PLENTY }));
    show([{ ...run, jobs: { ...run.jobs, gpus: 11 } }]);

    expect(await screen.findByText('Can never start')).toBeVisible();
    expect(
      screen.getByText('Needs 11 GPUs, more than the queue can ever grant.'),
    ).toBeVisible();
  });

  it('counts only what a service needs more', async () => {
    platform.respond(QUOTA, quota({ gpusInUse: 0, resources: PLENTY }));
    show([
      {
        ...run,
        jobs: nothing,
        before: { ...nothing, pods: 2, cpu: 4, memory: GIB },
        after: { ...nothing, pods: 3, cpu: 6, memory: GIB },
        most: { ...nothing, pods: 6, cpu: 12, memory: GIB },
      },
    ]);

    expect(screen.getByText('dev: needs 1 pod and 2 CPUs more.')).toBeVisible();
    expect(
      screen.getByText('dev: its autoscaler may start up to 6 pods.'),
    ).toBeVisible();
    expect(await screen.findByText('Fits now')).toBeVisible();
  });

  it('says which part of the quota is full', async () => {
    platform.respond(
      QUOTA,
      quota({ gpusInUse: 0, resources: [resource('requests.cpu', 7, 8)] }),
    );
    show([run]);

    expect(
      await screen.findByText(
        'The quota of app-ml-team-dev has 1 CPU of 8 CPUs left, and this needs 2 CPUs: what does not fit is not started until others free it.',
      ),
    ).toBeVisible();
  });

  it('says that use is not known without a cluster, and blocks nothing', async () => {
    platform.respond(QUOTA, {
      team: 'app-ml-team',
      environments: [],
      freshness: staleness,
    });
    show([run]);
    expect(
      await screen.findByText(
        'What is free in app-ml-team-dev is not known, because the cluster does not show it.',
      ),
    ).toBeVisible();
    expect(screen.getByText(/did not respond within 5 s/)).toBeVisible();
  });

  it('tells an error of the live part beside the rest', async () => {
    platform.respondWithError(QUOTA, 503, 'The store is starting.');
    show([run]);
    expect(
      await screen.findByText(
        'What is free now is not known. You can submit all the same.',
      ),
    ).toBeVisible();
    expect(screen.getByText('The store is starting.')).toBeVisible();
    expect(screen.getByText(/^dev: its Jobs need/)).toBeVisible();
  });

  it('reads nothing for a change that needs no more', () => {
    show([{ ...run, jobs: nothing }]);
    expect(screen.getByText('It needs no more than now.')).toBeVisible();
  });
});
