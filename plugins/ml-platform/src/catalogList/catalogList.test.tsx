import type { Entity } from '@backstage/catalog-model';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { MockEntityListContextProvider } from '@backstage/plugin-catalog-react/testUtils';
import type { WorkloadStates } from '@internal/plugin-ml-platform-common';
import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { liveUpdatesApiRef, mlPlatformApiRef } from '../api/mlPlatformApi';
import { startPlatformServer } from '../__testUtils__/platformServer';
import { API, client, updates } from '../__testUtils__/renderWithPlatform';
import { staleness } from '../__testUtils__/samples';
import { EnvironmentsCell, FindingsCell, HealthCell } from './cells';
import {
  ShownWorkloads,
  WorkloadStatesProvider,
} from './WorkloadStatesContext';

const component = (name: string, team?: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name,
    namespace: 'default',
    annotations: team
      ? { 'ml-platform.io/team': team, 'ml-platform.io/workload': name }
      : {},
  },
  spec: { type: 'service', owner: 'group:default/app-ml-team' },
  relations: [{ type: 'ownedBy', targetRef: 'group:default/app-ml-team' }],
});

const entities = [
  component('fraud-scorer', 'app-ml-team'),
  component('ranker', 'app-ml-team'),
  component('data-api', 'app-data-team'),
  component('website'),
];
const clean = {
  counts: { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0, UNKNOWN: 0 },
  fixable: 0,
  images: 1,
  withoutReport: 0,
  stale: 0,
  endOfLife: 0,
};
const states: WorkloadStates = {
  items: [
    {
      team: 'app-ml-team',
      workload: 'fraud-scorer',
      state: 'degraded',
      environments: [
        {
          environment: 'dev',
          state: 'healthy',
          image: 'ghcr.io/acme/fraud-scorer:1.5.0',
        },
        {
          environment: 'prod',
          state: 'degraded',
          image: 'ghcr.io/acme/fraud-scorer:1.4.2',
          reason: { code: 'crash-loop', text: '<b>Out of memory</b>' },
        },
      ],
      findings: { ...clean, counts: { ...clean.counts, CRITICAL: 2 } },
    },
    {
      team: 'app-ml-team',
      workload: 'ranker',
      state: 'unknown',
      environments: [{ environment: 'dev', state: 'unknown' }],
      findings: { ...clean, withoutReport: 1 },
    },
  ],
  freshness: { stale: false, problems: [] },
};

describe("the catalog's list", () => {
  const platform = startPlatformServer();
  const open = () =>
    renderInTestApp(
      <WorkloadStatesProvider>
        <MockEntityListContextProvider value={{ entities }}>
          <ShownWorkloads />
          <table>
            <tbody>
              {entities.map(entity => (
                <tr
                  key={entity.metadata.name}
                  aria-label={entity.metadata.name}
                >
                  <td>
                    <HealthCell entity={entity} />
                  </td>
                  <td>
                    <EnvironmentsCell entity={entity} />
                  </td>
                  <td>
                    <FindingsCell entity={entity} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </MockEntityListContextProvider>
      </WorkloadStatesProvider>,
      {
        apis: [
          [mlPlatformApiRef, client],
          [liveUpdatesApiRef, updates],
        ],
      },
    );
  /** The row of a component, once it says the text. */
  const row = async (name: string, text: string) => {
    const found = await screen.findByRole('row', { name });
    await waitFor(() => expect(found).toHaveTextContent(text));
    return found;
  };

  it('shows health, environments and findings of what one may see, all by one request', async () => {
    const asked: string[][] = [];
    platform.use(
      http.get(`${API}/workloads`, ({ request }) => {
        asked.push(
          (new URL(request.url).searchParams.get('workloads') ?? '').split(','),
        );
        return HttpResponse.json(states);
      }),
    );
    open();
    expect(
      within(screen.getByRole('row', { name: 'ranker' })).getAllByText(
        'Loading',
      ),
    ).toHaveLength(3);
    const scorer = await row('fraud-scorer', 'Degraded');
    expect(scorer).toHaveTextContent('prod: <b>Out of memory</b>');
    expect(scorer).toHaveTextContent('prod 1.4.2, degraded');
    expect(scorer).toHaveTextContent('2 critical');
    const ranker = await row('ranker', 'Unknown');
    expect(ranker).toHaveTextContent('1 of 1 not scanned');
    expect(within(ranker).queryByText('None found')).not.toBeInTheDocument();
    await row('data-api', 'Only for its team');
    await row('website', '–');
    expect(asked).toEqual([
      [
        'app-data-team/data-api',
        'app-ml-team/fraud-scorer',
        'app-ml-team/ranker',
      ],
    ]);
  });

  it('says that states are the last known ones', async () => {
    platform.respond(`${API}/workloads`, { ...states, freshness: staleness });
    open();
    await row('fraud-scorer', 'Degraded');
    expect(screen.getByText(/^Showing the last known state/)).toBeVisible();
  });

  it('shows components when their states cannot be read', async () => {
    platform.respondWithError(`${API}/workloads`, 503, 'Starting.');
    open();
    await row('fraud-scorer', 'Unknown');
    expect(
      screen.getByText('Could not load health and findings'),
    ).toBeVisible();
  });
});
