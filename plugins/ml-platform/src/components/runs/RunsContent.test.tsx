import type { Run, Runs } from '@internal/plugin-ml-platform-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { startPlatformServer } from '../../__testUtils__/platformServer';
import {
  API,
  renderWithPlatform,
} from '../../__testUtils__/renderWithPlatform';
import { staleness, workload } from '../../__testUtils__/samples';
import { RunsContent } from './RunsContent';

const done: Run = {
  id: 'a',
  name: 'churn-7',
  run: 'churn-7',
  team: 'app-ml-team',
  workload: 'fraud-scorer',
  environment: 'dev',
  cluster: 'sandbox',
  namespace: 'app-ml-team-dev',
  state: 'Failed',
  reason: 'Failed with exit code 137, out of memory.',
  exitCode: 137,
  createdAt: '2026-11-24T07:00:00Z',
  startedAt: '2026-11-24T07:00:00Z',
  endedAt: '2026-11-24T08:12:00Z',
  durationSeconds: 4320,
  gpus: 4,
  gpuAmounts: [
    { resource: 'nvidia.com/gpu', unit: 'gpu', name: 'GPU', count: 4 },
  ],
  gpuHours: 4.8,
  sliceHours: 0,
  gpuCost: 12,
  retries: 2,
  live: false,
  image: 'ghcr.io/acme/churn:v6',
};
const waiting: Run = {
  ...done,
  id: 'b',
  name: 'churn-8',
  run: 'churn-8',
  state: 'Pending',
  reason: 'Position 3 of 9 in the queue gpu-batch.',
  queue: { name: 'gpu-batch', position: 3, length: 9 },
  exitCode: undefined,
  startedAt: undefined,
  endedAt: undefined,
  durationSeconds: 0,
  gpuHours: 0,
  gpuCost: 0,
  retries: 0,
  live: true,
  pod: 'churn-8-x2k',
  image: 'ghcr.io/acme/churn:v7',
};
const runs: Runs = {
  items: [done, waiting],
  total: 2,
  counts: {
    Pending: 1,
    Running: 0,
    Succeeded: 0,
    Failed: 1,
    Suspended: 0,
    Removed: 0,
  },
  prices: { currency: 'EUR', sample: true },
  freshness: workload.freshness,
};
const RUNS = `${API}/teams/app-ml-team/runs`;

describe('RunsContent', () => {
  const platform = startPlatformServer();
  const query = () => screen.getByLabelText('query').textContent;

  it('lists runs, unfinished ones first, with place in the queue, cost, image and log', async () => {
    platform.respond(RUNS, runs);
    renderWithPlatform(<RunsContent />);
    const first = await screen.findByRole('row', { name: /churn-8/ });
    expect(first).toHaveTextContent('Pending, 3 of 9 in gpu-batch');
    expect(
      within(first).getByRole('link', { name: 'Log of churn-8' }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/component/fraud-scorer/workloads?environment=dev&pod=churn-8-x2k',
    );
    const [, ...rows] = screen.getAllByRole('row');
    expect(rows[0]).toBe(first);
    expect(rows[1]).toHaveTextContent('Failed, exit 137');
    for (const text of ['1 h 12 min', '4.8', '€12.00', 'v6', 'No pod']) {
      expect(rows[1]).toHaveTextContent(text);
    }
    expect(screen.getByText(/made-up prices/)).toBeInTheDocument();
  });

  it('compares selected runs, and keeps the selection in the URL', async () => {
    platform.respond(RUNS, runs);
    renderWithPlatform(<RunsContent />);
    for (const name of [/churn-7/, /churn-8/]) {
      const row = await screen.findByRole('row', { name });
      await userEvent.click(within(row).getByRole('checkbox'));
    }
    expect(query()).toBe('?compare=a%2Cb');
    const comparison = await screen.findByRole('region', {
      name: 'Comparison',
    });
    expect(
      within(comparison).getByRole('row', { name: /^Image/ }),
    ).toHaveTextContent('churn:v7');
    expect(
      within(comparison).queryByRole('row', { name: /^GPUs per pod/ }),
    ).not.toBeInTheDocument();
    await userEvent.click(
      within(comparison).getByRole('switch', { name: 'Only differences' }),
    );
    expect(
      within(comparison).getByRole('row', { name: /^GPUs per pod/ }),
    ).toHaveTextContent('4 GPUs');
  });

  it('filters on the server, and shows the same as a timeline', async () => {
    const queries: string[] = [];
    platform.use(
      http.get(RUNS, ({ request }) => {
        queries.push(new URL(request.url).search);
        return HttpResponse.json(runs);
      }),
    );
    renderWithPlatform(<RunsContent />, '?state=Failed&view=timeline');
    const timeline = await screen.findByRole('list', {
      name: 'Timeline of runs',
    });
    expect(timeline).toHaveTextContent('Failed, exit 137, 1 h 12 min');
    expect(queries[0]).toContain('state=Failed');
    await userEvent.type(
      screen.getByRole('searchbox', { name: 'Search runs' }),
      'x',
    );
    expect(query()).toContain('search=x');
  });

  it('teaches what a run is when there are none, and marks stale ones', async () => {
    platform.respond(RUNS, {
      ...runs,
      items: [],
      total: 0,
      counts: Object.fromEntries(
        Object.keys(runs.counts).map(state => [state, 0]),
      ),
      freshness: staleness,
    });
    renderWithPlatform(<RunsContent />);
    expect(await screen.findByText(/^No runs/)).toBeInTheDocument();
    expect(
      screen.getByText(/^Showing the last known state/),
    ).toBeInTheDocument();
  });
});
