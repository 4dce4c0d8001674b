import { FakeKubernetes } from '@internal/plugin-ml-platform-node/testing';
import PromiseRouter from 'express-promise-router';
import { z } from 'zod';
import { startMlPlatform } from '../../__testUtils__/startMlPlatform';
import { createOpenApiRouter } from './openApiRouter';

describe('GET /openapi.json', () => {
  let kubernetes: FakeKubernetes;
  let platform: Awaited<ReturnType<typeof startMlPlatform>>;
  beforeAll(async () => {
    kubernetes = await FakeKubernetes.start();
    platform = await startMlPlatform({ kubernetes });
  });
  afterAll(async () => {
    await platform.stop();
    await kubernetes.stop();
  });

  it('describes a route with what it takes, needs and answers', async () => {
    const { status, body } = await platform.get(
      'data-engineer',
      '/openapi.json',
    );

    expect(status).toBe(200);
    expect(body.openapi).toBe('3.1.0');
    const { get } = body.paths['/teams/{team}/workloads/{workload}/findings'];
    expect(get.description).toContain('ml-platform.findings.read');
    expect(get.parameters).toContainEqual({
      name: 'team',
      in: 'path',
      required: true,
      schema: { type: 'string' },
    });
    expect(get.parameters).toContainEqual({
      name: 'sort',
      in: 'query',
      required: false,
      schema: {
        type: 'string',
        enum: ['severity', 'package', 'id'],
        default: 'severity',
      },
    });
    const answer = get.responses[200].content['application/json'].schema;
    expect(answer.properties.total.type).toBe('integer');
    expect(answer.required).toContain('freshness');
  });
});

describe('createOpenApiRouter', () => {
  const router = PromiseRouter();
  router.get('/a/:id', () => {});
  const route = {
    method: 'get' as const,
    summary: 'A',
    answer: z.object({}),
  };

  it('refuses a route that is not documented, and a documented one that is not there', () => {
    expect(() =>
      createOpenApiRouter({ routers: [router], routes: [] }),
    ).toThrow('get /a/:id is not documented');
    expect(() =>
      createOpenApiRouter({
        routers: [router],
        routes: [
          { ...route, path: '/a/:id' },
          { ...route, path: '/b' },
        ],
      }),
    ).toThrow('openapi/routes.ts: get /b does not exist');
  });
});
