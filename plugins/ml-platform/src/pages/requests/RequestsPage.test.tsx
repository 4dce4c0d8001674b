import type { ChangeRequestSummary } from '@internal/plugin-ml-platform-common';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { startPlatformServer } from '../../__testUtils__/platformServer';
import { renderPage } from '../../__testUtils__/renderPage';
import { API, updates } from '../../__testUtils__/renderWithPlatform';
import { staleness } from '../../__testUtils__/samples';

const freshness = { stale: false, problems: [] };
const HOSTILE = `<img src=x onerror=alert(1)> \u202Etxt ${'long'.repeat(200)}`;

const request: ChangeRequestSummary = {
  number: 214,
  title: 'Set the image of fraud-scorer',
  link: 'https://forge.example/pulls/214',
  state: 'open',
  failed: false,
  step: 'approved',
  teams: ['app-ml-team'],
  workloads: [{ team: 'app-ml-team', workload: 'fraud-scorer' }],
  author: 'portal-bot',
  provenance: 'verified',
  origin: {
    requestId: '1',
    template: 'template:default/set-image',
    requester: 'user:default/ada',
  },
  openedAt: '2026-11-24T08:00:00.000Z',
  updatedAt: '2026-11-24T08:05:00.000Z',
  steps: [
    { id: 'opened', state: 'passed', at: '2026-11-24T08:00:00.000Z' },
    {
      id: 'check',
      name: 'quota',
      state: 'passed',
      at: '2026-11-24T08:01:30.000Z',
    },
    { id: 'check', name: 'paths', state: 'passed' },
    { id: 'approved', state: 'waiting' },
    { id: 'merged', state: 'waiting' },
    {
      id: 'applied',
      state: 'waiting',
      environment: 'prod',
      workload: 'fraud-scorer',
    },
    {
      id: 'healthy',
      state: 'waiting',
      environment: 'prod',
      workload: 'fraud-scorer',
    },
  ],
};

const failed: ChangeRequestSummary = {
  ...request,
  number: 211,
  title: HOSTILE,
  link: undefined,
  failed: true,
  step: 'check',
  author: 'mallory',
  provenance: 'claimed',
  origin: undefined,
  claims: request.origin,
  steps: [
    { id: 'opened', state: 'passed', at: '2026-11-24T08:00:00.000Z' },
    { id: 'check', name: 'quota', state: 'failed', text: 'needs 4 GPUs' },
    { id: 'approved', state: 'waiting' },
  ],
};

describe('requests page', () => {
  const platform = startPlatformServer();
  let queries: Array<Record<string, string>>;
  let items: ChangeRequestSummary[];

  beforeEach(() => {
    queries = [];
    items = [request, failed];
    platform.use(
      http.get(`${API}/change-requests`, ({ request: { url } }) => {
        queries.push(Object.fromEntries(new URL(url).searchParams));
        return HttpResponse.json({ items, total: items.length, freshness });
      }),
    );
  });

  it('shows my requests as timelines, who they wait for, and what is only claimed', async () => {
    renderPage('/ml-platform/requests');

    const list = await screen.findByRole('list', { name: 'Requests' });
    const steps = within(
      within(list).getByRole('list', { name: 'Steps of #214' }),
    ).getAllByRole('listitem');
    expect(steps.map(step => step.textContent)).toEqual([
      'Opened, passed',
      'Checked 2 of 2, passed',
      'Approval, waiting',
      'Merge, waiting',
      'Apply in prod, waiting',
      'Healthy in prod, waiting',
    ]);
    expect(
      within(list).getByText(/Waits for a review at the forge/),
    ).toBeVisible();
    expect(
      within(list).getByText(
        /Waits for mallory: the check quota failed. needs 4 GPUs./,
      ),
    ).toBeVisible();
    expect(within(list).getByText(/Made by hand/)).toBeVisible();
    expect(within(list).getByText(/by mallory/)).toBeVisible();
    expect(within(list).queryByRole('img')).not.toBeInTheDocument();
    expect(
      within(list).getByRole('link', { name: 'Open at the forge: #214' }),
    ).toHaveAttribute('href', 'https://forge.example/pulls/214');
    expect(queries).toEqual([
      {
        person: 'user:default/ml-engineer',
        state: 'active',
        offset: '0',
        limit: '25',
      },
    ]);

    // A step that passes is announced once.
    items = [{ ...request, step: 'merged' }, failed];
    act(() => updates.announce());
    expect(
      await screen.findByText(/^#214: Approved. Waits for somebody to merge/),
    ).toBeInTheDocument();
  });

  it('reads filters from the URL, ignores what it does not know, and writes them back', async () => {
    renderPage('/ml-platform/requests?view=teams&state=odd&page=x');
    await screen.findByRole('list', { name: 'Requests' });
    expect(queries[0]).toMatchObject({ team: 'app-ml-team', state: 'active' });

    await userEvent.click(screen.getByRole('radio', { name: 'All' }));
    await waitFor(() => expect(queries.at(-1)).not.toHaveProperty('team'));

    items = [];
    await userEvent.keyboard('/');
    expect(screen.getByRole('searchbox')).toHaveFocus();
    await userEvent.keyboard('scorer');
    await waitFor(() => expect(queries.at(-1)?.search).toBe('scorer'));
    expect(await screen.findByText(/No requests match/)).toBeVisible();
  });

  it('teaches what a request is when there is none', async () => {
    items = [];
    renderPage('/ml-platform/requests');
    expect(
      await screen.findByText(/You have no requests in progress/),
    ).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'Start a request' }),
    ).toHaveAttribute('href', '/create');
  });

  it('shows one request with the time that each step took, and the last known state', async () => {
    platform.respond(`${API}/change-requests/214`, {
      ...request,
      freshness: staleness,
    });
    renderPage('/ml-platform/requests/214');

    const steps = within(
      await screen.findByRole('list', { name: 'Steps of #214' }),
    ).getAllByRole('listitem');
    expect(steps).toHaveLength(7);
    expect(steps[1]).toHaveTextContent(/Check quota.*after 1 min 30 s/);
    expect(screen.getByText(/Showing the last known state/)).toBeVisible();
  });

  it('explains a request that does not exist or is hidden', async () => {
    platform.respondWithError(
      `${API}/change-requests/9`,
      404,
      'This does not exist, or you may not see it.',
    );
    renderPage('/ml-platform/requests/9');
    expect(
      await screen.findByText(/does not exist, or you may not see it/),
    ).toBeVisible();
  });
});
