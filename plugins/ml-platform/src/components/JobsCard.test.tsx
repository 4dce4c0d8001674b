import type { JobSummary } from '@internal/plugin-ml-platform-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { startPlatformServer } from '../__testUtils__/platformServer';
import {
  renderWithPlatform,
  WORKLOAD,
} from '../__testUtils__/renderWithPlatform';
import { answers, workload } from '../__testUtils__/samples';
import { JobsCard } from './JobsCard';

const pending: JobSummary = {
  kind: 'Job',
  name: 'fraud-training-1',
  environment: 'dev',
  cluster: 'sandbox',
  namespace: 'app-ml-team-dev',
  state: 'Pending',
  reason: '0/3 nodes are available: 3 Insufficient nvidia.com/gpu.',
  run: 'fraud-training-1',
  failures: 0,
  gpus: 8,
  gpuAmounts: [
    { resource: 'nvidia.com/gpu', unit: 'gpu', name: 'GPU', count: 8 },
  ],
};

const failed: JobSummary = {
  ...pending,
  name: 'nightly-29',
  state: 'Failed',
  reason: 'BackoffLimitExceeded',
  run: undefined,
  startedAt: '2026-11-24T07:00:00Z',
  completedAt: '2026-11-24T08:04:00Z',
  failures: 3,
  gpus: 0,
  gpuAmounts: [
    {
      resource: 'nvidia.com/mig-1g.5gb',
      unit: 'slice',
      name: 'MIG 1g.5gb slice',
      count: 2,
    },
  ],
  pod: 'nightly-29-abcde',
};

const cron: JobSummary = {
  ...pending,
  kind: 'CronJob',
  name: 'nightly',
  state: 'Scheduled',
  reason: undefined,
  run: undefined,
  schedule: '0 3 * * *',
  timeZone: 'Asia/Kolkata',
  gpus: 0,
  gpuAmounts: [],
};

describe('JobsCard', () => {
  const platform = startPlatformServer();

  it("shows why a run is pending, how often it failed, and a CronJob's schedule", async () => {
    platform.respond(WORKLOAD, { ...workload, jobs: [pending, failed, cron] });
    renderWithPlatform(<JobsCard />);

    const run = await screen.findByRole('row', { name: /fraud-training-1/ });
    expect(within(run).getByText('Training run')).toBeInTheDocument();
    expect(within(run).getByText('Pending')).toBeInTheDocument();
    expect(within(run).getByText('8 GPUs')).toBeInTheDocument();
    expect(
      within(run).getByText(/Insufficient nvidia.com\/gpu/),
    ).toBeInTheDocument();
    expect(within(run).getByText('No pod')).toBeInTheDocument();

    const job = screen.getByRole('row', { name: /nightly-29/ });
    expect(within(job).getByText('3 pods failed')).toBeInTheDocument();
    expect(within(job).getByText('2 MIG 1g.5gb slices')).toBeInTheDocument();
    expect(within(job).getByText('1 h 4 min')).toBeInTheDocument();
    expect(
      screen.getByText('0 3 * * * (Asia/Kolkata), not yet run'),
    ).toBeInTheDocument();
  });

  it('offers a new run, and changes of a run, to those who may request them', async () => {
    platform.respond(WORKLOAD, { ...workload, jobs: [pending, failed] });
    platform.respond(`${WORKLOAD}/answers`, {
      ...answers,
      nextRun: 'fraud-training-2',
      runs: [{ environment: 'dev', run: 'fraud-training-1', values: {} }],
    });
    renderWithPlatform(<JobsCard />);

    expect(
      await screen.findByRole('link', { name: 'New run' }),
    ).toHaveAttribute('href', expect.stringContaining('fraud-training-2'));
    expect(
      screen.queryByRole('button', { name: 'Change nightly-29' }),
    ).not.toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Change fraud-training-1' }),
    );
    expect(
      (await screen.findAllByRole('menuitem')).map(item => item.textContent),
    ).toEqual(['Run again with changes…', 'Cancel…']);
  });

  it('counts workers and indexes, and says since when each reason applies', async () => {
    const began = new Date(Date.now() - 3 * 3_600_000).toISOString();
    const training: JobSummary = {
      ...pending,
      state: 'Running',
      reason: 'One pod waits.',
      reasons: [
        { code: 'no-free-gpu', text: 'One pod waits.', since: began },
        { code: 'job-failed', text: 'Index 1 failed.' },
      ],
      workers: { total: 4, running: 3, pending: 1 },
      indexes: { total: 10, succeeded: 8, failed: 1 },
    };
    platform.respond(WORKLOAD, {
      ...workload,
      jobs: [
        training,
        { ...cron, name: 'old', timeZone: undefined },
        { ...cron, name: 'utc', schedule: 'TZ=UTC 0 4 * * *', timeZone: 'UTC' },
      ],
    });
    renderWithPlatform(<JobsCard />);

    for (const note of [
      'One pod waits. (began 3 hours ago)',
      'Index 1 failed.',
      '3 of 4 pods run',
      '8 of 10 indexes succeeded, 1 failed',
      '0 3 * * * (time zone of the cluster), not yet run',
      '0 4 * * * (UTC), not yet run',
    ]) {
      expect(await screen.findByText(note)).toBeInTheDocument();
    }
  });

  it("links a pod's log", async () => {
    platform.respond(WORKLOAD, { ...workload, jobs: [failed] });
    renderWithPlatform(<JobsCard />);
    expect(
      await screen.findByRole('link', { name: 'Log of nightly-29' }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/component/fraud-scorer/workloads?environment=dev&pod=nightly-29-abcde',
    );
  });

  it('is left out for a component without Jobs', async () => {
    platform.respond(WORKLOAD, workload);
    renderWithPlatform(<JobsCard />);
    expect(screen.getByText('Loading jobs')).toBeInTheDocument();
    await waitFor(() =>
      expect(screen.queryByText('Jobs')).not.toBeInTheDocument(),
    );
  });
});
