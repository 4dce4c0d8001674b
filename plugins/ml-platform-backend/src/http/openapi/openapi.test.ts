import { FakeKubernetes } from '@internal/plugin-ml-platform-node/testing';
import { startMlPlatform } from '../../__testUtils__/startMlPlatform';

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

  it('describes the input, the permission and the response of a route', async () => {
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
