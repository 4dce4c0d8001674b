import type {
  FindingsSummary,
  HealthCounts,
  Teams,
  TeamsCost,
} from '@internal/plugin-ml-platform-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { startPlatformServer } from '../__testUtils__/platformServer';
import { renderPage } from '../__testUtils__/renderPage';
import { API } from '../__testUtils__/renderWithPlatform';
import { platformInfo, staleness } from '../__testUtils__/samples';

const freshness = { stale: false, problems: [] };

function counts(some: Partial<HealthCounts>): HealthCounts {
  return {
    healthy: 0,
    progressing: 0,
    waiting: 0,
    degraded: 0,
    suspended: 0,
    missing: 0,
    unknown: 0,
    ...some,
  };
}

const cpu = {
  resource: 'requests.cpu',
  kind: 'cpu' as const,
  unit: 'cores' as const,
  used: 7.7,
  hard: 8,
  hardQuantity: '8',
  quota: 'tenant',
  scopes: [],
};

const gpu = {
  ...cpu,
  resource: 'requests.nvidia.com/gpu',
  kind: 'gpu' as const,
  unit: 'count' as const,
  gpu: { resource: 'nvidia.com/gpu', unit: 'gpu' as const, name: 'GPU' },
  used: 6,
  hard: 4,
  hardQuantity: '4',
};

const teams: Teams = {
  items: [
    {
      team: 'search-team',
      workloads: 2,
      counts: counts({ unknown: 2 }),
      environments: [
        { environment: 'dev', counts: counts({ unknown: 2 }), quota: [] },
        { environment: 'prod', counts: counts({ missing: 2 }), quota: [] },
      ],
      problems: [],
    },
    {
      team: 'app-ml-team',
      workloads: 3,
      counts: counts({ healthy: 2, degraded: 1 }),
      environments: [
        { environment: 'dev', counts: counts({ healthy: 3 }), quota: [cpu] },
        {
          environment: 'prod',
          counts: counts({ healthy: 2, degraded: 1 }),
          quota: [gpu],
        },
      ],
      problems: [],
    },
  ],
  total: 2,
  freshness,
};

const summary: FindingsSummary = {
  items: [],
  total: 0,
  reports: { present: 0, stale: 0, none: 0, failed: 0 },
  endOfLife: 0,
  freshness,
};

const amounts = {
  perHour: 1,
  perDay: 24,
  perMonth: 720,
  breakdown: { cpu: 0.5, memory: 0.3, gpu: 0.2, storage: 0 },
};

const cost: TeamsCost = {
  configured: true,
  currency: 'EUR',
  sample: true,
  basis: 'requests',
  totals: amounts,
  total: 1,
  items: [{ ...amounts, team: 'app-ml-team', pods: 4 }],
  freshness,
};

describe('platform and cost pages', () => {
  const platform = startPlatformServer();

  beforeEach(() => {
    platform.respond(`${API}/platform`, platformInfo);
    platform.respond(`${API}/teams`, teams);
    platform.respond(`${API}/findings/summary`, summary);
    platform.respond(`${API}/cost`, cost);
  });

  it('puts the worst team first, and never shows what is unknown as healthy', async () => {
    renderPage('/ml-platform');

    const ml = await screen.findByRole('row', { name: /app-ml-team/ });
    expect(within(ml).getByText('Healthy')).toBeVisible();
    expect(within(ml).getByText('Degraded')).toBeVisible();
    expect(within(ml).getByText('1 of 3')).toBeVisible();
    expect(
      within(ml).getByRole('meter', { name: 'GPU requests of app-ml-team' }),
    ).toHaveAttribute('aria-valuetext', '6 of 4 GPUs');
    expect(within(ml).getByText('96 % in dev')).toBeVisible();
    expect(await within(ml).findByText('720')).toBeVisible();
    const search = screen.getByRole('row', { name: /search-team/ });
    expect(within(search).getByText('all 2')).toBeVisible();
    expect(within(search).getByText('Nothing')).toBeVisible();
    expect(ml.compareDocumentPosition(search)).toBe(
      Node.DOCUMENT_POSITION_FOLLOWING,
    );
    expect(screen.getByText(/prices are made up/)).toBeVisible();

    await userEvent.click(screen.getByRole('button', { name: /State/ }));
    await userEvent.click(
      await screen.findByRole('option', { name: 'Degraded' }),
    );
    await waitFor(() =>
      expect(
        screen.queryByRole('row', { name: /search-team/ }),
      ).not.toBeInTheDocument(),
    );
  });

  it('keeps the teams when the costs cannot be read', async () => {
    platform.respondWithError(`${API}/cost`, 503, 'The portal is starting.');
    platform.respond(`${API}/teams`, { ...teams, freshness: staleness });
    renderPage('/ml-platform/teams?environment=prod');

    expect(await screen.findByText('Could not load cost')).toBeVisible();
    expect(await screen.findByText(/last known state/)).toBeVisible();
    expect(screen.getByText('1 of 3')).toBeVisible();
    expect(screen.queryByText('all 3')).not.toBeInTheDocument();
  });

  it('shows what is free for one pod, and why runs wait', async () => {
    const amount = { allocatable: 48, requested: 43, free: 5 };
    platform.respond(`${API}/capacity`, {
      clusters: [
        {
          cluster: 'main',
          pools: [
            {
              name: 'gpu-a100',
              nodes: {
                total: 6,
                ready: 5,
                notReady: 1,
                cordoned: 0,
                spot: 0,
              },
              spotShare: 0,
              cpu: amount,
              memory: amount,
              pods: amount,
              gpus: [
                {
                  ...amount,
                  resource: 'nvidia.com/gpu',
                  unit: 'gpu',
                  name: 'GPU',
                  product: 'A100',
                  largest: 4,
                },
              ],
            },
          ],
          gpus: [],
          waiting: { pods: 0, gpuPods: 0, gpus: 0, gpuAmounts: [] },
        },
      ],
      freshness,
    });
    platform.respond(`${API}/runs`, {
      items: [
        {
          id: '1',
          name: 'train-0412',
          team: 'app-ml-team',
          workload: 'churn-training',
          environment: 'dev',
          cluster: 'main',
          namespace: 'app-ml-team-dev',
          state: 'Pending',
          reason: 'Needs 8 GPUs on one node, most free is 4.',
          durationSeconds: 0,
          gpus: 8,
          gpuAmounts: [],
          gpuHours: 0,
          sliceHours: 0,
          retries: 0,
          live: true,
        },
      ],
      total: 1,
      freshness,
    });
    renderPage('/ml-platform/capacity');

    const row = await screen.findByRole('row', { name: /gpu-a100/ });
    expect(within(row).getByText('5 of 48 A100 (GPU)')).toBeVisible();
    expect(within(row).getByText('4 GPUs')).toBeVisible();
    expect(within(row).getByText('1 not ready')).toBeVisible();
    expect(await screen.findByText(/most free is 4/)).toBeVisible();
  });

  it('counts costs with their arithmetic, and names who sets prices', async () => {
    const { unmount } = renderPage('/ml-platform/cost');
    expect(
      await screen.findByText(/1.0000 an hour \(CPU 0.5000 \+ memory 0.3000/),
    ).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'app-ml-team' }).getAttribute('href'),
    ).toMatch(/\?team=app-ml-team$/);
    unmount();

    platform.respond(`${API}/cost`, {
      ...cost,
      configured: false,
      sample: false,
      items: [],
      total: 0,
    });
    renderPage('/ml-platform/cost');
    expect(await screen.findByText(/no prices are configured/)).toBeVisible();
  });

  it("shows a team's workloads, and what its quota is not used for", async () => {
    platform.respond(`${API}/teams/app-ml-team/cost`, {
      ...cost,
      items: [
        {
          ...amounts,
          workload: 'fraud-scorer',
          environment: 'prod',
          pods: 2,
        },
      ],
      idleQuota: [{ environment: 'prod', share: 0.23 }],
    });
    renderPage('/ml-platform/cost?team=app-ml-team');
    expect(
      await screen.findByRole('row', { name: /fraud-scorer/ }),
    ).toBeVisible();
    expect(
      screen.getByText('77 % requested, 23 % of its price unused'),
    ).toBeVisible();
  });
});
