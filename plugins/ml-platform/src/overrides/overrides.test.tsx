import { grafanaApiRef } from '@backstage-community/plugin-grafana';
import grafanaPlugin from '@backstage-community/plugin-grafana/alpha';
import { useApi } from '@backstage/core-plugin-api';
import { PageBlueprint } from '@backstage/frontend-plugin-api';
import { renderTestApp } from '@backstage/frontend-test-utils';
import kubernetesPlugin from '@backstage/plugin-kubernetes/alpha';
import { kubernetesProxyApiRef } from '@backstage/plugin-kubernetes-react';
import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { useEffect, useState } from 'react';
import { startPlatformServer } from '../__testUtils__/platformServer';
import { API } from '../__testUtils__/renderWithPlatform';
import { mlPlatformPlugin } from '../plugin';
import { grafanaModule } from './grafana';
import { kubernetesModule } from './kubernetes';

const POD = {
  clusterName: 'sandbox',
  namespace: 'app-ml-team-dev',
  podName: 'fraud-scorer-1',
};
const NAMESPACE = `${API}/clusters/sandbox/namespaces/app-ml-team-dev`;

/** Calls the APIs as the other plugins' pages do, and prints the results. */
function Probe() {
  const kubernetes = useApi(kubernetesProxyApiRef);
  const grafana = useApi(grafanaApiRef);
  const [results, setResults] = useState<unknown[]>();
  useEffect(() => {
    Promise.all([
      kubernetes.getPodLogs({ ...POD, containerName: 'main', previous: true }),
      kubernetes.getEventsByInvolvedObjectName({
        ...POD,
        involvedObjectName: POD.podName,
      }),
      kubernetes.deletePod(POD).catch(error => error.name),
      grafana.listDashboards('app-ml-team--fraud-scorer'),
      grafana
        .listDashboards('app-ml-team--other')
        .catch(error => error.message),
      grafana.alertsForSelector('any'),
    ]).then(setResults);
  }, [kubernetes, grafana]);
  return results ? <output>{JSON.stringify(results)}</output> : null;
}

describe('overridden APIs of other plugins', () => {
  const platform = startPlatformServer();

  it('use the team-authorised routes and never write to a cluster', async () => {
    const freshness = { stale: false, problems: [] };
    const dashboard = {
      title: 'fraud-scorer',
      url: 'https://grafana.example/d/1',
      folderTitle: 'app-ml-team',
      folderUrl: 'https://grafana.example/f/1',
      tags: ['app-ml-team--fraud-scorer'],
    };
    const problem = {
      source: 'Grafana',
      kind: 'absent',
      message: 'Grafana is not connected to this portal.',
    };
    const event = {
      metadata: { name: 'fraud-scorer-1.1', namespace: 'app-ml-team-dev' },
      involvedObject: { kind: 'Pod', name: 'fraud-scorer-1' },
      type: 'Warning',
      reason: 'BackOff',
      message: 'Back-off restarting failed container',
      count: 3,
    };
    platform.respond(`${NAMESPACE}/pods/fraud-scorer-1/logs`, {
      text: 'lines',
    });
    platform.respond(`${NAMESPACE}/events`, { items: [event], freshness });
    platform.use(
      http.get(`${API}/dashboards`, ({ request }) =>
        HttpResponse.json(
          request.url.endsWith('fraud-scorer')
            ? { items: [dashboard], freshness }
            : { items: [], freshness: { stale: false, problems: [problem] } },
        ),
      ),
    );

    renderTestApp({
      features: [
        mlPlatformPlugin,
        kubernetesPlugin,
        grafanaPlugin,
        kubernetesModule,
        grafanaModule,
      ],
      extensions: [
        PageBlueprint.make({
          name: 'probe',
          params: { path: '/', loader: async () => <Probe /> },
        }),
      ],
      config: {
        app: { baseUrl: 'http://localhost:3000' },
        backend: { baseUrl: 'http://localhost:7007' },
        grafana: { hosts: [{ id: 'default', domain: 'https://g.example' }] },
      },
    });

    const output = await screen.findByRole('status');
    expect(JSON.parse(output.textContent ?? '')).toEqual([
      { text: 'lines' },
      [expect.objectContaining(event)],
      'NotAllowedError',
      [dashboard],
      problem.message,
      [],
    ]);
  });
});
