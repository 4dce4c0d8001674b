import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { dashboardsSchema } from '@internal/plugin-ml-platform-common';
import { FakeKubernetes } from '@internal/plugin-ml-platform-node/testing';
import { startMlPlatform } from '../../__testUtils__/startMlPlatform';

const TAG = 'app-ml-team--scorer';

const dashboard = (
  title: string,
  url: string,
  tags = [TAG],
  uid = 'scorer',
) => ({
  uid,
  title,
  url,
  tags,
  folderTitle: 'Services',
  folderUrl: '/dashboards/f/services',
});

describe('GET /dashboards', () => {
  let kubernetes: FakeKubernetes;
  let platform: Awaited<ReturnType<typeof startMlPlatform>>;
  let answer: (response: http.ServerResponse) => void;
  let requests: http.IncomingMessage[];
  const grafana = http.createServer((request, response) => {
    requests.push(request);
    answer(response);
  });
  const found = (dashboards: unknown) => (response: http.ServerResponse) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(dashboards));
  };
  const get = (person = 'ml-engineer', tag = TAG) =>
    platform.get(person, `/dashboards?tag=${encodeURIComponent(tag)}`);

  beforeEach(async () => {
    requests = [];
    kubernetes = await FakeKubernetes.start();
    grafana.listen(0, '127.0.0.1');
    await once(grafana, 'listening');
    const { port } = grafana.address() as AddressInfo;
    platform = await startMlPlatform({
      kubernetes,
      grafanaUrl: `http://127.0.0.1:${port}`,
    });
  });
  afterEach(async () => {
    grafana.closeAllConnections();
    grafana.close();
    await platform.stop();
    await kubernetes.stop();
  });

  it('lists dashboards with the tag, at the public URL', async () => {
    answer = found([
      dashboard('Scorer', '/d/scorer/scorer'),
      dashboard('Other', '/d/other/other', ['app-data-team--data-api']),
      // Another workload's, with this one's tag.
      dashboard('Forged', '/d/data-api/forged', [TAG], 'data-api'),
      dashboard('Forged', '/d/scorer-2/forged', [TAG], 'scorer-2'),
      dashboard('GPUs', '/d/scorer_gpus/gpus', [TAG], 'scorer_gpus'),
      // eslint-disable-next-line no-script-url
      dashboard('Script', 'javascript:alert(1)'),
      dashboard('Elsewhere', '//evil.example.com/d/scorer'),
      dashboard('Somewhere', 'https://evil.example.com/d/scorer'),
    ]);

    const { status, body } = await get();

    expect(status).toBe(200);
    expect(body).toEqual({
      items: [
        {
          title: 'Scorer',
          url: 'https://grafana.example.com/d/scorer/scorer',
          folderTitle: 'Services',
          folderUrl: 'https://grafana.example.com/dashboards/f/services',
          tags: [TAG],
        },
        expect.objectContaining({
          url: 'https://grafana.example.com/d/scorer_gpus/gpus',
        }),
      ],
      freshness: {
        asOf: expect.any(String),
        stale: false,
        problems: [],
      },
    });
    expect(requests[0].url).toBe(
      `/api/search?type=dash-db&tag=${TAG}&limit=500`,
    );
    expect(requests[0].headers.authorization).toBe('Bearer grafana-token');
  });

  it('does not ask Grafana for another team or for an invalid tag', async () => {
    answer = found([]);

    expect((await get('data-engineer')).status).toBe(404);
    expect((await get('ml-engineer', 'no-team--scorer')).status).toBe(404);
    expect((await get('ml-engineer', `${TAG}&tag=x`)).status).toBe(400);
    expect((await get('ml-engineer', '..%2F..')).status).toBe(400);
    expect(requests).toHaveLength(0);
  });

  it.each([
    [
      'redirects',
      (response: http.ServerResponse) => {
        response.writeHead(302, { location: 'http://169.254.169.254/' });
        response.end();
      },
      'unreachable',
    ],
    [
      'refuses the token',
      (response: http.ServerResponse) => {
        response.statusCode = 401;
        response.end('grafana at 10.0.0.1');
      },
      'unauthorized',
    ],
    [
      'is not a Grafana',
      (response: http.ServerResponse) => {
        response.end('<html>');
      },
      'failed',
    ],
  ])('reports a problem when Grafana %s', async (_, behaviour, kind) => {
    answer = behaviour;

    const { status, body, text } = await get();

    expect(status).toBe(200);
    expect(body).toMatchObject({
      items: [],
      freshness: { stale: true, problems: [{ source: 'Grafana', kind }] },
    });
    expect(text).not.toMatch(/127\.0|10\.0|169\.254|grafana-token/);
  });
});

it('reports a problem when the deployment has no Grafana', async () => {
  const kubernetes = await FakeKubernetes.start();
  const platform = await startMlPlatform({ kubernetes });

  const { body } = await platform.get('ml-engineer', `/dashboards?tag=${TAG}`);

  expect(dashboardsSchema.parse(body)).toEqual({
    items: [],
    freshness: {
      stale: false,
      problems: [
        {
          source: 'Grafana',
          kind: 'absent',
          message: 'Grafana is not connected to this portal.',
        },
      ],
    },
  });
  await platform.stop();
  await kubernetes.stop();
});
