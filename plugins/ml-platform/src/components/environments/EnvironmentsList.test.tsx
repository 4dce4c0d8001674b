import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { startPlatformServer } from '../../__testUtils__/platformServer';
import {
  renderWithPlatform,
  updates,
  WORKLOAD,
} from '../../__testUtils__/renderWithPlatform';
import { answers, staleness, workload } from '../../__testUtils__/samples';
import { EnvironmentsContent } from './EnvironmentsContent';

const renderList = () =>
  renderWithPlatform(<EnvironmentsContent />, '?view=list');

describe('the list of environments', () => {
  const platform = startPlatformServer();

  it("shows each environment's deployment and the reasons for its problems", async () => {
    platform.respond(WORKLOAD, workload);
    renderList();

    expect(screen.getByText('Loading environments')).toBeInTheDocument();
    const dev = await screen.findByRole('row', { name: /^dev/ });
    for (const text of ['Synced', 'Healthy', '2 of 2', '0123456']) {
      expect(within(dev).getByText(text)).toBeInTheDocument();
    }
    expect(within(dev).getByText('fraud-scorer:1.4.2')).toBeInTheDocument();

    const staging = screen.getByRole('row', { name: /^staging/ });
    expect(within(staging).getByText('Degraded')).toBeInTheDocument();
    expect(within(staging).getByText('CrashLoopBackOff')).toBeInTheDocument();
    expect(screen.getByText('staging: ComparisonError')).toBeInTheDocument();
    expect(screen.getByText('kustomize build failed')).toBeInTheDocument();

    const prod = screen.getByRole('row', { name: /^prod/ });
    expect(within(prod).getByText(/^Not deployed/)).toBeInTheDocument();
  });

  it("shows the portal's health where Argo CD's does not know of a failed sync, and what is deployed", async () => {
    const [dev] = workload.environments;
    platform.respond(WORKLOAD, {
      ...workload,
      environments: [
        {
          ...dev,
          application: {
            ...dev.application!,
            sync: 'OutOfSync',
            health: 'Healthy',
            sources: [
              { revision: '4.2.1', chart: 'triton' },
              { revision: dev.application!.revision!, repository: 'acme/x' },
            ],
            conditions: [
              {
                type: 'SyncError',
                message: 'Make sure the CRD is installed.',
                severity: 'error',
                resources: [{ kind: 'ServiceMonitor', name: 'scorer' }],
              },
            ],
            operation: { phase: 'Failed', retries: 5 },
          },
          health: {
            state: 'degraded',
            reasons: [
              {
                code: 'sync-error',
                text: 'Argo CD could not apply ServiceMonitor scorer: Make sure the CRD is installed.',
              },
              {
                code: 'sync-waiting',
                text: 'The sync is waiting for the PreSync hook Job migrate to complete.',
                since: new Date(Date.now() - 11 * 3_600_000).toISOString(),
              },
            ],
          },
        },
      ],
    });
    renderList();

    const row = await screen.findByRole('row', { name: /^dev/ });
    for (const text of ['Degraded', 'Sync failed', 'triton 4.2.1, 0123456']) {
      expect(within(row).getByText(text)).toBeInTheDocument();
    }
    expect(within(row).queryByText('Healthy')).not.toBeInTheDocument();
    expect(
      within(row).getByText(
        'The sync is waiting for the PreSync hook Job migrate to complete. (11 hours ago)',
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByText('dev: SyncError, ServiceMonitor scorer'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('Make sure the CRD is installed.'),
    ).toBeInTheDocument();
  });

  it('reads again after a change, also one announced during a read', async () => {
    platform.respond(WORKLOAD, workload);
    renderList();
    await screen.findByRole('row', { name: /^dev/ });

    const images = ['fraud-scorer:1.5.0', 'fraud-scorer:1.6.0'];
    platform.use(
      http.get(WORKLOAD, () => {
        const [first, ...rest] = workload.environments;
        const image = images.shift();
        if (images.length === 1) {
          updates.announce();
        }
        return HttpResponse.json({
          ...workload,
          environments: [{ ...first, image: `ghcr.io/acme/${image}` }, ...rest],
        });
      }),
    );
    updates.announce();

    expect(await screen.findByText('fraud-scorer:1.6.0')).toBeInTheDocument();
  });

  it('marks stale data, with the failing sources', async () => {
    platform.respond(WORKLOAD, { ...workload, freshness: staleness });
    renderList();

    expect(
      await screen.findByText(/^Showing the last known state, from/),
    ).toBeInTheDocument();
    expect(
      screen.getByText(
        'Kubernetes (sandbox): The cluster did not respond within 5 s.',
      ),
    ).toBeInTheDocument();
    expect(screen.getByRole('row', { name: /^dev/ })).toBeInTheDocument();
  });

  it("shows the backend's error message and retries on click", async () => {
    platform.respondWithError(WORKLOAD, 503, 'The cluster did not respond.');
    renderList();

    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The cluster did not respond.');

    platform.respond(WORKLOAD, { ...workload, environments: [] });
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByText(/The platform has no environments yet/),
    ).toBeInTheDocument();
  });

  it('shows missing access as information, not as an error', async () => {
    platform.respondWithError(WORKLOAD, 404, 'Ask the team that owns it.');
    renderList();

    expect(
      await screen.findByText("You don't have access to this"),
    ).toBeInTheDocument();
    expect(screen.getByText('Ask the team that owns it.')).toBeInTheDocument();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });

  describe('menu of changes', () => {
    beforeEach(() => {
      platform.respond(WORKLOAD, workload);
      platform.respond(`${WORKLOAD}/answers`, answers);
    });

    it('links the forms that change an environment, by keyboard, too', async () => {
      renderList();
      const button = await screen.findByRole('button', { name: 'Change dev' });
      expect(
        screen.getByRole('columnheader', { name: 'Change' }),
      ).toBeInTheDocument();
      const dev = screen.getByRole('row', { name: /^dev/ });
      expect(within(dev).getByText('Newer template')).toBeInTheDocument();

      act(() => button.focus());
      await userEvent.keyboard('{Enter}');
      const menu = await screen.findByRole('menu', { name: 'Change dev' });
      const items = within(menu).getAllByRole('menuitem');
      expect(items.map(({ textContent }) => textContent)).toEqual([
        'Edit',
        'Upgrade to the newest template',
        'Set image',
        'Promote to staging',
        'Roll back',
        'Remove from dev',
        'Decommission…',
      ]);
      expect(items[0]).toHaveFocus();
      expect(items[2]).toHaveAttribute(
        'href',
        `/create/templates/default/set-image?formData=${encodeURIComponent(
          JSON.stringify({
            team: 'app-ml-team',
            name: 'fraud-scorer',
            environment: 'dev',
            image: 'ghcr.io/acme/fraud-scorer:1.4.2',
          }),
        )}`,
      );

      await userEvent.keyboard('{Escape}');
      await waitFor(() => expect(button).toHaveFocus());
      expect(
        screen.queryByRole('button', { name: 'Change prod' }),
      ).not.toBeInTheDocument();
    });

    it('reads the answers again after a deployment', async () => {
      renderList();
      await screen.findByRole('button', { name: 'Change dev' });

      const [dev, ...rest] = workload.environments;
      const application = { ...dev.application!, revision: 'f'.repeat(40) };
      platform.respond(`${WORKLOAD}/answers`, {
        ...answers,
        environments: ['dev', 'staging', 'prod'],
      });
      platform.respond(WORKLOAD, {
        ...workload,
        environments: [{ ...dev, application }, ...rest],
      });
      updates.announce();
      expect(
        await screen.findByRole('button', { name: 'Change prod' }),
      ).toBeInTheDocument();
    });

    it('is for those who can request changes for the team; others see that a template is newer', async () => {
      platform.respond(`${WORKLOAD}/answers`, {
        ...answers,
        mayRequest: false,
      });
      renderList();
      expect(await screen.findByText('Newer template')).toBeInTheDocument();
      expect(screen.queryByRole('button')).not.toBeInTheDocument();
    });

    it('is left out when the answers cannot be read', async () => {
      let asked = 0;
      platform.use(
        http.get(`${WORKLOAD}/answers`, () => {
          asked += 1;
          return HttpResponse.json({}, { status: 503 });
        }),
      );
      renderList();
      expect(await screen.findByText('Synced')).toBeInTheDocument();
      await waitFor(() => expect(asked).toBe(1));
      expect(screen.queryByRole('button')).not.toBeInTheDocument();
      expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    });
  });
});
