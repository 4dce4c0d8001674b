import type { Entity } from '@backstage/catalog-model';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import {
  catalogApiRef,
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import type {
  QuotaResource,
  TeamCost,
  TeamQuota,
  TeamWorkloads,
} from '@internal/plugin-ml-platform-common';
import { screen, within } from '@testing-library/react';
import { http } from 'msw';
import { liveUpdatesApiRef, mlPlatformApiRef } from '../../api/mlPlatformApi';
import { startPlatformServer } from '../../__testUtils__/platformServer';
import { API, client, updates } from '../../__testUtils__/renderWithPlatform';
import { staleness, workload } from '../../__testUtils__/samples';
import { TeamContent } from './TeamContent';

const TEAM = `${API}/teams/app-ml-team`;
const { freshness } = workload;
const group: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name: 'app-ml-team', namespace: 'default' },
  spec: { type: 'team', children: [] },
  relations: [{ type: 'hasMember', targetRef: 'user:default/ada' }],
};
const template: Entity = {
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: { name: 'change-quota', namespace: 'default' },
};
const resource = (
  name: string,
  change: Partial<QuotaResource>,
): QuotaResource => ({
  resource: name,
  kind: 'cpu',
  unit: 'cores',
  hard: 8,
  hardQuantity: '8',
  quota: 'tenant',
  scopes: [],
  ...change,
});
const quota: TeamQuota = {
  team: 'app-ml-team',
  environments: [
    {
      environment: 'dev',
      cluster: 'sandbox',
      namespace: 'app-ml-team-dev',
      resources: [
        resource('requests.cpu', { used: 4.5 }),
        resource('limits.cpu', { used: 6, hard: 16 }),
        resource('requests.nvidia.com/gpu', {
          kind: 'gpu',
          unit: 'count',
          gpu: { resource: 'nvidia.com/gpu', unit: 'gpu', name: 'GPU' },
          used: 4,
          hard: 4,
        }),
      ],
      consumers: [],
      consumersTotal: 0,
      limits: [],
    },
    {
      environment: 'prod',
      cluster: 'sandbox',
      resources: [],
      consumers: [],
      consumersTotal: 0,
      limits: [],
    },
  ],
  freshness,
};
const counts = {
  healthy: 0,
  progressing: 0,
  waiting: 0,
  degraded: 1,
  suspended: 0,
  missing: 0,
  unknown: 0,
};
const workloads: TeamWorkloads = {
  items: [
    {
      workload: 'fraud-scorer',
      state: 'degraded',
      environments: [
        {
          environment: 'dev',
          health: {
            state: 'degraded',
            reasons: [{ code: 'crash-loop', text: '<b>Out of memory</b>' }],
          },
          pods: { ready: 0, total: 1 },
          sync: 'OutOfSync',
        },
      ],
      runs: { running: 2, waiting: 1 },
      findings: {
        counts: { CRITICAL: 2, HIGH: 0, MEDIUM: 0, LOW: 0, UNKNOWN: 0 },
        fixable: 1,
        images: 1,
        withoutReport: 0,
        stale: 0,
        endOfLife: 0,
      },
    },
  ],
  total: 1,
  counts,
  freshness,
};
const money = {
  perHour: 5,
  perDay: 120,
  perMonth: 3600,
  breakdown: { cpu: 5, memory: 0, gpu: 0, storage: 0 },
};
const cost: TeamCost = {
  configured: true,
  currency: 'EUR',
  sample: false,
  basis: 'requests',
  totals: money,
  total: 0,
  items: [],
  idleQuota: [{ environment: 'dev', share: 0.23 }],
  freshness,
};

describe('TeamContent', () => {
  const platform = startPlatformServer();
  const open = (entities: Entity[] = [template]) =>
    renderInTestApp(
      <EntityProvider entity={group}>
        <TeamContent />
      </EntityProvider>,
      {
        apis: [
          [mlPlatformApiRef, client],
          [liveUpdatesApiRef, updates],
          [catalogApiRef, catalogApiMock({ entities })],
        ],
        mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      },
    );
  const environment = async (name: RegExp) => {
    const list = await screen.findByRole('list', { name: 'Environments' });
    return within(list)
      .getAllByRole('listitem')
      .find(({ textContent }) => name.test(textContent ?? ''))!;
  };

  beforeEach(() => {
    platform.respond(`${TEAM}/quota`, quota);
    platform.respond(`${TEAM}/workloads`, workloads);
    platform.respond(`${TEAM}/cost`, cost);
  });

  it('shows environments side by side, with health, Argo CD and the use of the quota', async () => {
    open();
    const dev = await environment(/^dev/);
    expect(await within(dev).findByText('1 degraded')).toBeVisible();
    expect(within(dev).getByText('Argo CD: 1 out of sync')).toBeVisible();
    expect(
      within(dev).getByRole('meter', { name: 'CPU requests in dev' }),
    ).toHaveAttribute('aria-valuetext', '4.5 of 8 CPUs in use');
    expect(
      within(dev).getByRole('meter', { name: 'CPU limits in dev' }),
    ).toHaveAttribute('aria-valuetext', '6 of 16 CPUs in use');
    expect(
      within(dev).getByRole('meter', { name: 'GPUs in dev' }),
    ).toHaveAttribute('aria-valuetext', '4 of 4 in use, full');
    expect(
      await within(dev).findByText("23 % of the quota's price unused"),
    ).toBeVisible();
    const prod = await environment(/^prod/);
    expect(prod).toHaveTextContent('No namespace');
    expect(within(prod).queryByRole('meter')).not.toBeInTheDocument();
  });

  it('links the form for more quota only where there is one', async () => {
    const { unmount } = open();
    expect(
      await screen.findByRole('link', { name: 'Request more quota for dev' }),
    ).toHaveAttribute(
      'href',
      `/create/templates/default/change-quota?formData=${encodeURIComponent(
        '{"team":"app-ml-team"}',
      )}`,
    );
    unmount();
    open([]);
    await screen.findByRole('meter', { name: 'GPUs in dev' });
    await screen.findByRole('row', { name: /fraud-scorer/ });
    expect(
      screen.queryByRole('link', { name: /more quota/ }),
    ).not.toBeInTheDocument();
  });

  it('lists workloads with reasons as text, runs and findings, and the cost and the people', async () => {
    open();
    const row = await screen.findByRole('row', { name: /fraud-scorer/ });
    expect(row).toHaveTextContent('dev: <b>Out of memory</b>');
    expect(row).toHaveTextContent('2 running, 1 waiting');
    expect(row).toHaveTextContent('2 critical');
    expect(
      within(row).getByRole('link', { name: 'fraud-scorer' }),
    ).toHaveAttribute(
      'href',
      '/ml-platform/workloads/app-ml-team/fraud-scorer',
    );
    expect(await screen.findByText(/^EUR 3,600 a month/)).toBeVisible();
    expect(
      within(screen.getByRole('region', { name: 'People' })).getByRole('link', {
        name: /ada/,
      }),
    ).toBeVisible();
  });

  it('keeps the rest when one source is down, and says what is old', async () => {
    platform.respondWithError(`${TEAM}/workloads`, 503, 'Starting.');
    platform.respond(`${TEAM}/cost`, { ...cost, freshness: staleness });
    open();
    expect(await screen.findByText('Could not load workloads')).toBeVisible();
    expect(
      await screen.findByText(/^Showing the last known state/),
    ).toBeVisible();
    expect(screen.getByRole('meter', { name: 'GPUs in dev' })).toBeVisible();
    expect(screen.queryByText('Nothing is deployed.')).not.toBeInTheDocument();
  });

  it('leads on when there are no workloads', async () => {
    platform.respond(`${TEAM}/workloads`, {
      ...workloads,
      items: [],
      total: 0,
    });
    open();
    expect(
      await screen.findByText(/This team has no workloads yet/),
    ).toBeVisible();
    expect(screen.getByText('Nothing is deployed.')).toBeVisible();
  });

  it('tells somebody without access so, without an error', async () => {
    for (const path of ['quota', 'workloads', 'cost']) {
      platform.respondWithError(`${TEAM}/${path}`, 404, 'Ask its owner.');
    }
    open();
    expect(
      await screen.findByText("You don't have access to this"),
    ).toBeVisible();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('makes three requests when it is opened', async () => {
    const requests: string[] = [];
    platform.use(
      http.get(`${API}/*`, ({ request }) => {
        requests.push(new URL(request.url).pathname);
      }),
    );
    open();
    await screen.findByRole('row', { name: /fraud-scorer/ });
    await screen.findByText(/^EUR 3,600 a month/);
    expect(new Set(requests).size).toBe(3);
  });
});
