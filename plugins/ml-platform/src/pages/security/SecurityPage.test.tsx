import type {
  FindingsSummary,
  Vulnerabilities,
  VulnerabilityDetail,
} from '@internal/plugin-ml-platform-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { startPlatformServer } from '../../__testUtils__/platformServer';
import { renderPage } from '../../__testUtils__/renderPage';
import { API } from '../../__testUtils__/renderWithPlatform';
import { platformInfo, staleness } from '../../__testUtils__/samples';

const freshness = { stale: false, problems: [] };
const NONE = { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0, UNKNOWN: 0 };

const summary: FindingsSummary = {
  items: [
    {
      team: 'app-ml-team',
      counts: { ...NONE, CRITICAL: 1 },
      fixable: 1,
      images: 3,
      withoutReport: 1,
      stale: 0,
      endOfLife: 0,
      ignoredReports: 0,
    },
  ],
  total: 1,
  reports: { present: 2, stale: 0, none: 1, failed: 0 },
  endOfLife: 0,
  freshness,
};

const allScanned: FindingsSummary = {
  ...summary,
  reports: { present: 3, stale: 0, none: 0, failed: 0 },
};

const group = {
  id: 'CVE-2026-1234',
  severity: 'CRITICAL' as const,
  score: 9.8,
  title: '=HYPERLINK("http://evil.example")',
  packages: [
    {
      name: 'openssl',
      installedVersions: ['3.0.7'],
      fixedVersions: ['3.0.12'],
    },
  ],
  packageCount: 1,
  fixable: true,
  images: 1,
  workloads: 1,
  teams: 1,
  firstSeen: '2026-11-20T06:00:00.000Z',
};

const found: Vulnerabilities = {
  counts: { ...NONE, CRITICAL: 1 },
  fixable: 1,
  coverage: { images: 3, withoutReport: 1, endOfLife: 0 },
  ignoredReports: 0,
  items: [group],
  total: 1,
  freshness,
};

const nothing: Vulnerabilities = {
  ...found,
  counts: NONE,
  items: [],
  total: 0,
  fixable: 0,
};

function place(team: string) {
  return {
    team,
    environment: 'prod',
    cluster: 'sandbox',
    namespace: team,
    workload: 'fraud-scorer',
    container: 'server',
    image: 'ghcr.io/acme/fraud-scorer:1.4.2',
    packages: [
      { name: 'openssl', installedVersion: '3.0.7', fixedVersion: '3.0.12' },
    ],
  };
}

const detail: VulnerabilityDetail = {
  ...group,
  places: [place('app-ml-team'), place('app-data-team')],
  total: 2,
  freshness,
};

describe('security page', () => {
  const platform = startPlatformServer();
  let queries: Array<Record<string, string>>;

  function respond(vulnerabilities: Vulnerabilities, teams = summary) {
    platform.respond(`${API}/findings/summary`, teams);
    platform.use(
      http.get(`${API}/vulnerabilities`, ({ request: { url } }) => {
        queries.push(Object.fromEntries(new URL(url).searchParams));
        return HttpResponse.json(vulnerabilities);
      }),
    );
  }

  beforeEach(() => {
    queries = [];
    platform.respond(`${API}/platform`, platformInfo);
    platform.respond(`${API}/vulnerabilities/CVE-2026-1234`, detail);
  });

  it('lists what can be fixed first, and opens the places with the form that fixes them', async () => {
    respond(found);
    renderPage('/ml-platform/security');

    const open = await screen.findByRole('button', { name: 'CVE-2026-1234' });
    expect(queries[0]).toEqual({
      sort: 'fixable',
      order: 'desc',
      offset: '0',
      limit: '20',
    });
    expect(
      screen.getByText('1 of 3 images in use have no report.'),
    ).toBeVisible();
    await userEvent.click(open);

    const panel = await screen.findByRole('complementary', {
      name: 'CVE-2026-1234',
    });
    expect(
      await within(panel).findAllByText(/3\.0\.7 → 3\.0\.12/),
    ).toHaveLength(2);
    // Only where the person may request changes.
    const [fix, ...others] = within(panel).getAllByRole('link', {
      name: /^Set image/,
    });
    expect(others).toEqual([]);
    const form = new URL(fix.getAttribute('href') ?? '', 'http://localhost');
    expect(form.pathname).toBe('/create/templates/default/set-image');
    expect(JSON.parse(form.searchParams.get('formData') ?? '')).toEqual({
      team: 'app-ml-team',
      name: 'fraud-scorer',
      environment: 'prod',
      image: 'ghcr.io/acme/fraud-scorer:1.4.2',
    });
    await userEvent.keyboard('{Escape}');
    expect(
      screen.queryByRole('complementary', { name: 'CVE-2026-1234' }),
    ).not.toBeInTheDocument();
  });

  it('keeps filters in the URL and saves a CSV without formulas', async () => {
    respond(found);
    renderPage(
      '/ml-platform/security/cves?team=app-ml-team&severity=CRITICAL,x',
    );
    await screen.findByRole('button', { name: 'CVE-2026-1234' });
    expect(queries[0]).toMatchObject({
      team: 'app-ml-team',
      severity: 'CRITICAL',
    });

    const saved: Blob[] = [];
    URL.createObjectURL = blob => {
      saved.push(blob as Blob);
      return 'blob:csv';
    };
    URL.revokeObjectURL = () => {};
    await userEvent.click(
      screen.getByRole('button', { name: 'CSV of this view' }),
    );
    await waitFor(() => expect(saved).toHaveLength(1));
    expect(queries.at(-1)).toMatchObject({
      team: 'app-ml-team',
      offset: '0',
      limit: '100',
    });
    const csv = await saved[0].text();
    expect(csv).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
    expect(csv.split('\r\n')).toHaveLength(3);
  });

  it('says "none found" only when every image has a recent report', async () => {
    respond(nothing);
    const { unmount } = renderPage('/ml-platform/security/cves');
    expect(
      await screen.findByText(/Nothing found in 2 of 3 images in use/),
    ).toBeVisible();
    expect(screen.queryByText(/None found/)).not.toBeInTheDocument();
    unmount();

    respond(nothing, allScanned);
    renderPage('/ml-platform/security/cves');
    expect(
      await screen.findByText(/None found: all 3 images in use/),
    ).toBeVisible();
  });

  it('keeps the last rows with their age while a source is down', async () => {
    respond({ ...found, freshness: staleness });
    renderPage('/ml-platform/security/cves');
    expect(
      await screen.findByText(/Showing the last known state/),
    ).toBeVisible();
    expect(screen.getByRole('button', { name: 'CVE-2026-1234' })).toBeVisible();
  });

  it('shows images without a report as unknown, not as clean', async () => {
    platform.respond(`${API}/findings/summary`, summary);
    platform.respond(`${API}/images`, {
      reports: { present: 0, stale: 0, none: 1, failed: 0 },
      endOfLife: 0,
      ignoredReports: 0,
      items: [
        {
          image: 'ghcr.io/acme/fraud-scorer:1.4.2',
          roles: ['container'],
          hasPods: true,
          notes: [],
          report: 'none',
          sample: false,
          counts: NONE,
          fixable: 0,
          places: [{ ...place('app-ml-team'), containers: ['server'] }],
          placeCount: 1,
        },
      ],
      total: 1,
      freshness,
    });
    renderPage('/ml-platform/security/images?report=none');
    const row = await screen.findByRole('row', { name: /fraud-scorer/ });
    expect(within(row).getByText('No report')).toBeVisible();
    expect(within(row).getByText('Unknown')).toBeVisible();
  });
});
