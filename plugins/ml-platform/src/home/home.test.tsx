import type { Teams } from '@internal/plugin-ml-platform-common';
import { screen, within } from '@testing-library/react';
import { startPlatformServer } from '../__testUtils__/platformServer';
import { API, renderWithPlatform } from '../__testUtils__/renderWithPlatform';
import { staleness } from '../__testUtils__/samples';
import { MyTeams } from './MyTeams';
import { NeedsYou } from './NeedsYou';

const freshness = { stale: false, problems: [] };
const NONE = {
  healthy: 0,
  progressing: 0,
  waiting: 0,
  degraded: 0,
  suspended: 0,
  missing: 0,
  unknown: 0,
};

function teams(
  counts: Partial<typeof NONE>,
  problems: Teams['items'][number]['problems'] = [],
): Teams {
  const all = { ...NONE, ...counts };
  return {
    items: [
      {
        team: 'app-ml-team',
        workloads: Object.values(all).reduce((sum, count) => sum + count, 0),
        counts: all,
        environments: [],
        problems,
      },
    ],
    total: 1,
    freshness,
  };
}

describe('home', () => {
  const platform = startPlatformServer();

  beforeEach(() => {
    platform.respond(`${API}/change-requests`, {
      items: [],
      total: 0,
      freshness,
    });
  });

  it('names what is degraded, with the reason', async () => {
    platform.respond(
      `${API}/teams`,
      teams({ degraded: 1 }, [
        {
          workload: 'fraud-scorer',
          environment: 'prod',
          state: 'degraded',
          reason: { code: 'crash-loop', text: 'Out of memory (exit 137).' },
        },
      ]),
    );
    renderWithPlatform(<NeedsYou />);
    const list = await screen.findByRole('list', { name: 'Needs you' });
    expect(within(list).getByText('Degraded in prod')).toBeVisible();
    expect(within(list).getByText('Out of memory (exit 137).')).toBeVisible();
    expect(
      within(list).getByRole('link', { name: 'fraud-scorer' }),
    ).toHaveAttribute(
      'href',
      '/ml-platform/workloads/app-ml-team/fraud-scorer',
    );
  });

  it('does not call fine what is unknown or outdated', async () => {
    platform.respond(`${API}/teams`, {
      ...teams({ unknown: 2, healthy: 1 }),
      freshness: staleness,
    });
    renderWithPlatform(<NeedsYou />);
    expect(
      await screen.findByText(/The state of 2 workloads is unknown/),
    ).toBeVisible();
    expect(screen.getByText(/last known state/)).toBeVisible();
  });

  it('leads to the first service while there is none', async () => {
    platform.respond(`${API}/teams`, teams({}));
    renderWithPlatform(<MyTeams />);
    const steps = within(
      await screen.findByRole('list', { name: 'Your first service' }),
    ).getAllByRole('listitem');
    expect(steps).toHaveLength(3);
    expect(
      within(steps[0]).getByRole('link', { name: 'Create an ML service' }),
    ).toHaveAttribute('href', '/create/templates/default/ml-service');
    expect(steps[1]).toHaveTextContent('Possible once you have requested');
    expect(steps[2]).toHaveTextContent('Possible once the request is merged');
  });
});
