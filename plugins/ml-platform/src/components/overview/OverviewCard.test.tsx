import type { WorkloadFindings } from '@internal/plugin-ml-platform-common';
import { screen, waitFor, within } from '@testing-library/react';
import { http } from 'msw';
import { startPlatformServer } from '../../__testUtils__/platformServer';
import {
  API,
  entity,
  renderWithPlatform,
  WORKLOAD,
} from '../../__testUtils__/renderWithPlatform';
import {
  answers,
  staleness,
  stagingRequest,
  workload,
} from '../../__testUtils__/samples';
import { OverviewCard } from './OverviewCard';

const [dev, staging, prod] = workload.environments;
const findings: WorkloadFindings = {
  counts: { CRITICAL: 2, HIGH: 14, MEDIUM: 0, LOW: 0, UNKNOWN: 0 },
  fixable: 1,
  images: 2,
  withoutReport: 0,
  stale: 0,
  endOfLife: 0,
};
const hoursAgo = (hours: number) =>
  new Date(Date.now() - hours * 3_600_000).toISOString();

describe('OverviewCard', () => {
  const platform = startPlatformServer();

  beforeEach(() => {
    platform.respond(WORKLOAD, { ...workload, findings });
    platform.respond(`${WORKLOAD}/answers`, answers);
  });

  it('says what is wrong, where, since when, and offers the ways out', async () => {
    platform.respond(WORKLOAD, {
      ...workload,
      environments: [
        dev,
        {
          ...staging,
          health: {
            state: 'degraded',
            reasons: [
              {
                code: 'crash-loop',
                text: 'Out of memory (exit 137). Raise the limit.',
                since: hoursAgo(3),
              },
            ],
          },
        },
        prod,
      ],
    });
    renderWithPlatform(<OverviewCard />);
    expect(await screen.findByText('Degraded in staging')).toBeVisible();
    expect(
      screen.getByText(
        'Out of memory (exit 137). Raise the limit. (began 3 hours ago)',
      ),
    ).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'Pods and logs of staging' }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/component/fraud-scorer/workloads?environment=staging',
    );
    expect(
      (await screen.findByRole('link', { name: 'Roll back' })).getAttribute(
        'href',
      ),
    ).toMatch(/^\/create\/templates\/default\/roll-back\?formData=.*staging/);
  });

  it('shows the environments side by side, with what is newer elsewhere and their menus', async () => {
    renderWithPlatform(<OverviewCard />);
    const strip = await screen.findByRole('list', { name: 'Environments' });
    const [first, second, third] = within(strip).getAllByRole('listitem');
    expect(first).toHaveTextContent('1.4.2');
    expect(first).toHaveTextContent('2 of 2 pods ready');
    expect(
      await within(second).findByText('dev is 2 changes ahead'),
    ).toBeVisible();
    expect(
      within(second).getByRole('button', { name: 'Change staging' }),
    ).toBeVisible();
    expect(third).toHaveTextContent('Not deployed');
    expect(within(third).queryByRole('button')).not.toBeInTheDocument();
    expect(within(first).getByRole('link', { name: 'dev' })).toHaveAttribute(
      'href',
      '/catalog/default/component/fraud-scorer/environments?environment=dev',
    );
  });

  it('does not call an unknown state healthy', async () => {
    platform.respond(WORKLOAD, {
      ...workload,
      environments: [
        dev,
        {
          ...prod,
          health: {
            state: 'unknown',
            reasons: [
              { code: 'not-read', text: 'The portal has not read prod yet.' },
            ],
          },
        },
      ],
      freshness: staleness,
    });
    renderWithPlatform(<OverviewCard />);
    expect(await screen.findByText('Unknown in prod')).toBeVisible();
    expect(screen.getByText('The portal has not read prod yet.')).toBeVisible();
    expect(screen.queryByText(/Healthy in/)).not.toBeInTheDocument();
    expect(screen.getByText(/^Showing the last known state/)).toBeVisible();
    expect(
      screen.queryByRole('link', { name: 'Roll back' }),
    ).not.toBeInTheDocument();
  });

  it('names the healthy environments when nothing needs anybody', async () => {
    platform.respond(WORKLOAD, { ...workload, environments: [dev, prod] });
    renderWithPlatform(<OverviewCard />);
    expect(await screen.findByText('Healthy in dev')).toBeVisible();
  });

  it('leads on when nothing is deployed: to the request that will, or to the environments', async () => {
    platform.respond(WORKLOAD, { ...workload, environments: [prod] });
    const { unmount } = renderWithPlatform(<OverviewCard />);
    expect(
      await screen.findByRole('link', { name: 'See what can be deployed' }),
    ).toBeVisible();
    expect(
      await screen.findByText('Nobody has requested a change yet.'),
    ).toBeVisible();
    unmount();

    platform.respond(`${API}/change-requests`, {
      items: [stagingRequest],
      total: 1,
      freshness: workload.freshness,
    });
    renderWithPlatform(<OverviewCard />);
    await waitFor(() =>
      expect(screen.getByText(/^Nothing is deployed yet/)).toHaveTextContent(
        /#214 Set the image .* waits for approval/,
      ),
    );
  });

  it('lists the last requests, as text whatever their title is', async () => {
    const hostile = '<img src=x onerror=alert(1)> \u202Egnp';
    platform.respond(`${API}/change-requests`, {
      items: [
        stagingRequest,
        ...[213, 212, 211].map(number => ({
          ...stagingRequest,
          number,
          title: hostile,
          state: 'merged',
          step: 'done',
        })),
      ],
      total: 4,
      freshness: workload.freshness,
    });
    renderWithPlatform(<OverviewCard />);
    const section = await screen.findByRole('region', {
      name: 'Last requests',
    });
    expect(
      await within(section).findByRole('link', { name: /^#214/ }),
    ).toHaveAttribute('href', '/ml-platform/requests/214');
    expect(
      within(section).getByRole('link', { name: `#213 ${hostile}` }),
    ).toBeVisible();
    expect(
      within(section).queryByRole('link', { name: /^#211/ }),
    ).not.toBeInTheDocument();
    expect(
      within(section).getByRole('link', { name: 'All 4 requests' }),
    ).toHaveAttribute(
      'href',
      '/ml-platform/requests?view=all&state=any&search=fraud-scorer',
    );
    const strip = screen.getByRole('list', { name: 'Environments' });
    expect(within(strip).getByText('#214 is open')).toBeVisible();
  });

  it('keeps the state when the requests cannot be read', async () => {
    platform.respondWithError(
      `${API}/change-requests`,
      503,
      'The forge did not respond.',
    );
    renderWithPlatform(<OverviewCard />);
    expect(
      await screen.findByText('Could not load change requests'),
    ).toBeVisible();
    expect(screen.getByText('Degraded in staging')).toBeVisible();
    expect(
      screen.queryByText('Nobody has requested a change yet.'),
    ).not.toBeInTheDocument();
  });

  describe('vulnerabilities', () => {
    it('are counted by severity', async () => {
      renderWithPlatform(<OverviewCard />);
      const region = await screen.findByRole('region', {
        name: 'Vulnerabilities',
      });
      expect(region).toHaveTextContent('2 critical, 14 high');
      expect(region).toHaveTextContent('1 with a fix');
      expect(
        within(region).getByRole('link', { name: 'All findings' }),
      ).toHaveAttribute(
        'href',
        '/catalog/default/component/fraud-scorer/findings',
      );
    });

    it('are left out for those who may not see them', async () => {
      platform.respond(WORKLOAD, workload);
      renderWithPlatform(<OverviewCard />);
      await screen.findByRole('list', { name: 'Environments' });
      expect(screen.queryByText('Vulnerabilities')).not.toBeInTheDocument();
    });
  });

  it('links the directory in the repository and the dashboards, never a script', async () => {
    const withAnnotations = (location: string) => ({
      ...entity,
      metadata: {
        ...entity.metadata,
        annotations: {
          ...entity.metadata.annotations,
          'backstage.io/source-location': location,
          'grafana/dashboard-selector': 'app-ml-team--fraud-scorer',
        },
      },
    });
    const directory = 'https://forge.example.com/acme/platform/fraud-scorer/';
    const { unmount } = renderWithPlatform(
      <OverviewCard />,
      '',
      withAnnotations(`url:${directory}`),
    );
    expect(
      await screen.findByRole('link', { name: /^Directory/ }),
    ).toHaveAttribute('href', directory);
    expect(screen.getByRole('link', { name: 'Dashboards' })).toHaveAttribute(
      'href',
      '/catalog/default/component/fraud-scorer/dashboards',
    );
    unmount();
    renderWithPlatform(
      <OverviewCard />,
      '',
      // eslint-disable-next-line no-script-url
      withAnnotations('url:javascript:alert(1)'),
    );
    await screen.findByRole('link', { name: 'Dashboards' });
    expect(
      screen.queryByRole('link', { name: /^Directory/ }),
    ).not.toBeInTheDocument();
  });

  it('tells somebody without access so, without an error', async () => {
    platform.respondWithError(WORKLOAD, 404, 'Ask the team that owns it.');
    renderWithPlatform(<OverviewCard />);
    expect(
      await screen.findByText("You don't have access to this"),
    ).toBeVisible();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('stays within three requests when it is opened', async () => {
    const requests: string[] = [];
    platform.use(
      http.get('*', ({ request }) => {
        requests.push(new URL(request.url).pathname);
      }),
    );
    renderWithPlatform(<OverviewCard />);
    await screen.findByRole('button', { name: 'Change dev' });
    expect(new Set(requests).size).toBe(3);
  });
});
