import caseAnswers from '@internal/plugin-ml-platform-common/fixtures/caseAnswers.json';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { JsonBodyType } from 'msw';
import { startPlatformServer } from '../__testUtils__/platformServer';
import { renderPage } from '../__testUtils__/renderPage';
import {
  API,
  renderWithPlatform,
  WORKLOAD,
} from '../__testUtils__/renderWithPlatform';
import { platformInfo } from '../__testUtils__/samples';
import { EnvironmentsContent } from '../components/environments/EnvironmentsContent';
import { FindingsContent } from '../components/FindingsContent';
import { JobsCard } from '../components/JobsCard';
import { OverviewCard } from '../components/overview/OverviewCard';
import { RunsContent } from '../components/runs/RunsContent';

const recorded: Record<string, Record<string, JsonBodyType>> = caseAnswers;

/** Answers of the routes about a case, which a test of the backend holds equal to the routes' own. */
function answer(number: string, route: RegExp): JsonBodyType {
  const name = Object.keys(recorded).find(each => each.startsWith(number))!;
  const path = Object.keys(recorded[name]).find(each => route.test(each))!;
  return recorded[name][path];
}
const SUMMARY = /workloads\/case-\d+$/;

describe('cases from the field on the pages', () => {
  const platform = startPlatformServer();
  const shown = (text: RegExp | string) =>
    expect(
      screen.findByText(
        typeof text === 'string' ? content => content.includes(text) : text,
      ),
    ).resolves.toBeVisible();

  it.each([
    ['01', 'Degraded', 'GPU driver is too old for the image'],
    ['02', 'Waiting', '1 of 4 pods is not ready, 3 run. Requests 1 GPU'],
    ['03', 'Degraded', 'Indexes 1 and 3 failed; 8 of 10 succeeded.'],
    ['05', 'Degraded', 'the time zone Asia/Calcuta is unknown'],
    ['07', 'Waiting', 'No Job can be started. Requests 1 job, but the quota'],
    ['11', 'Degraded', 'cannot be removed: its node is unreachable'],
    ['12', 'Degraded', 'Sidecar otel fails its startup probe'],
    ['15', 'Degraded', 'Make sure the "ServiceMonitor" CRD is installed'],
    ['16', 'Unknown', 'so its state is unknown'],
    ['18', 'Waiting', 'waiting for the PreSync hook Job case-18-migrate'],
    ['19', 'Degraded', 'ExternalSecret case-19-db is degraded'],
    ['25', 'Waiting', 'No scheduler called volcano takes the pod'],
    ['39', 'Waiting', 'Waiting in the queue app-ml-team'],
  ])('%s: %s, %s', async (number, state, reason) => {
    platform.respond(WORKLOAD, answer(number, SUMMARY));
    renderWithPlatform(<OverviewCard />);

    await shown(`${state} in dev`);
    await shown(reason);
  });

  it.each([
    ['02', '3 of 4 pods run'],
    ['03', '8 of 10 indexes succeeded, 2 failed'],
    ['05', '0 3 * * * (Asia/Calcuta)'],
    ['39', 'Waiting in the queue app-ml-team'],
  ])('%s among the Jobs: %s', async (number, text) => {
    platform.respond(WORKLOAD, answer(number, SUMMARY));
    renderWithPlatform(<JobsCard />);

    await shown(text);
  });

  it('09: a planned partial rollout is complete and healthy', async () => {
    platform.respond(WORKLOAD, answer('09', SUMMARY));
    renderWithPlatform(<EnvironmentsContent />);

    const panel = await screen.findByRole('region', { name: 'dev' });
    expect(within(panel).getByText('Healthy')).toBeVisible();
    expect(
      within(panel).getByText(/Rolled out as far as the partition 3 says/),
    ).toBeVisible();
  });

  it('17: lists both deployments with the version of the chart', async () => {
    platform.respond(WORKLOAD, answer('17', SUMMARY));
    platform.respond(`${WORKLOAD}/deployments`, answer('17', /deployments$/));
    renderWithPlatform(<EnvironmentsContent />);

    await userEvent.click(
      await screen.findByRole('button', { name: 'Show deployments' }),
    );
    await shown(/triton 4\.2\.0/);
    expect(screen.getAllByText(/triton 4\.2\.1/)[0]).toBeVisible();
  });

  it('30: never calls an operating system out of support clean', async () => {
    platform.respond(`${WORKLOAD}/findings`, answer('30', /findings$/));
    renderWithPlatform(<FindingsContent />);

    await shown(/CentOS 6.10 is out of support/);
  });

  it('33: counts images of init, sidecar and ephemeral containers', async () => {
    platform.respond(`${WORKLOAD}/findings`, answer('33', /findings$/));
    renderWithPlatform(<FindingsContent />);

    await shown(/runs in an ephemeral container/);
    for (const image of [/curl:7.80.0/, /envoy:v1.30.0/, /netshoot:v0.9/]) {
      expect(screen.getAllByText(image)[0]).toBeVisible();
    }
  });

  it('34: names container and value of an audit', async () => {
    platform.respond(`${API}/platform`, platformInfo);
    platform.respond(`${API}/config-audits`, answer('34', /config-audits$/));
    renderPage('/ml-platform/security/config');

    const row = await screen.findByRole('row', { name: /KSV014/ });
    expect(row).toHaveTextContent('istio-proxy');
    expect(row).toHaveTextContent('securityContext.readOnlyRootFilesystem');
  });

  it('36: shows slices, shares and GPUs of other vendors as they are', async () => {
    platform.respond(`${API}/teams/app-ml-team/runs`, answer('36', /runs$/));
    const { unmount } = renderWithPlatform(<RunsContent />);
    await shown(/2 MIG 1g\.5gb slices/);
    expect(screen.getByText(/^4 GPUs/)).toBeVisible();
    unmount();

    platform.respond(`${API}/platform`, platformInfo);
    platform.respond(`${API}/capacity`, answer('36', /capacity$/));
    platform.respond(`${API}/runs`, answer('36', /runs$/));
    renderPage('/ml-platform/capacity');
    await shown(/^5 of 7 .*MIG 1g\.5gb slice/);
    expect(screen.getByText('5 MIG 1g.5gb slices')).toBeVisible();
  });
});
