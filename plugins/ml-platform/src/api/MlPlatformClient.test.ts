import { http, HttpResponse } from 'msw';
import { startPlatformServer } from '../__testUtils__/platformServer';
import { API, client } from '../__testUtils__/renderWithPlatform';
import { preview, workload } from '../__testUtils__/samples';
import { errorText } from './errorText';

describe('MlPlatformClient', () => {
  const platform = startPlatformServer();

  it('encodes names in paths', async () => {
    const paths: string[] = [];
    platform.use(
      http.get(`${API}/*`, ({ request }) => {
        paths.push(new URL(request.url).pathname);
        return HttpResponse.json({ available: true, unchecked: [] });
      }),
    );

    await client.getNameAvailability({ team: 'a/../b', name: 'x?y=1' });

    expect(paths).toEqual([
      '/api/ml-platform/teams/a%2F..%2Fb/names/x%3Fy%3D1',
    ]);
  });

  it('shares one response between concurrent reads', async () => {
    let requests = 0;
    platform.use(
      http.get(`${API}/teams/:team/workloads/:workload`, () => {
        requests += 1;
        return HttpResponse.json(workload);
      }),
    );
    const target = { team: 'app-ml-team', workload: 'fraud-scorer' };

    const answers = await Promise.all([
      client.getWorkload(target),
      client.getWorkload(target),
    ]);
    expect(answers).toEqual([workload, workload]);
    expect(requests).toBe(1);

    await client.getWorkload(target);
    expect(requests).toBe(2);
  });

  it('applies the age from the header to a cached body', async () => {
    const asOf = '2026-11-25T12:00:00.000Z';
    platform.use(
      http.get(`${API}/teams/:team/workloads/:workload`, () =>
        HttpResponse.json(workload, {
          headers: { 'ML-Platform-As-Of': asOf },
        }),
      ),
    );

    const answer = await client.getWorkload({ team: 'a', workload: 'b' });

    expect(answer).toEqual({
      ...workload,
      freshness: { ...workload.freshness, asOf },
    });
  });

  it('sends values unchanged and returns the preview', async () => {
    const values = { name: 'fraud-scorer', port: 8080, gpu: false };
    let body: unknown;
    platform.use(
      http.post(`${API}/preview`, async ({ request }) => {
        body = await request.json();
        return HttpResponse.json(preview);
      }),
    );
    const templateRef = 'template:default/ml-service';

    await expect(client.preview({ templateRef, values })).resolves.toEqual(
      preview,
    );
    expect(body).toEqual({ templateRef, values });
  });

  it("uses the backend's error message, or its own when there is none", async () => {
    const url = `${API}/platform`;
    const failure = () =>
      client.getPlatform().then(
        () => 'no failure',
        error => errorText(error),
      );

    platform.respondWithError(
      url,
      503,
      'The forge did not respond. Try again.',
    );
    expect(await failure()).toBe('The forge did not respond. Try again.');

    platform.use(
      http.get(
        url,
        () => new HttpResponse('<h1>proxy-7.internal</h1>', { status: 502 }),
      ),
    );
    expect(await failure()).toBe(
      'The portal could not respond (HTTP 502). Try again in a minute.',
    );

    platform.respond(url, { sandbox: 'perhaps' });
    expect(await failure()).toMatch(/^The portal sent a response that/);

    platform.use(http.get(url, () => HttpResponse.error()));
    expect(await failure()).toMatch(/^The portal did not respond/);
  });
});
