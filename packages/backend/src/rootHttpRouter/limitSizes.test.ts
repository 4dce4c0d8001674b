import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { startRouter } from './__testUtils__/startRouter';

const nothing = createBackendPlugin({
  pluginId: 'nothing',
  register: env => env.registerInit({ deps: {}, async init() {} }),
});

describe('limits of sizes', () => {
  let router: Awaited<ReturnType<typeof startRouter>>;

  beforeAll(async () => {
    router = await startRouter(nothing);
  });
  afterAll(() => router?.stop());

  const statusOf = async (path: string, value?: unknown) => {
    const { status } = await fetch(`${router.url}${path}`, {
      ...(value !== undefined && {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ value }),
      }),
    });
    return status;
  };

  it('refuses large tasks, which the scaffolder keeps', async () => {
    const long = 'x'.repeat(300 * 1024);
    const many = Array(1_500).fill(0);
    for (const path of [
      '/api/scaffolder/v2/tasks',
      '/api/ml-platform/preview',
    ]) {
      expect(await statusOf(path, long)).toBe(413);
      expect(await statusOf(path, many)).toBe(413);
    }
    expect(await statusOf('/api/scaffolder/v2/dry-run', many)).toBe(404);
  });

  it('refuses queries of the catalog with many clauses', async () => {
    const clauses = Object.fromEntries(
      Array.from({ length: 501 }, (_, index) => [`k${index}`, 'v']),
    );
    for (const path of [
      '/api/catalog/entities/by-query',
      '/api/catalog/entity-facets',
      '/api/catalog/locations/by-query',
    ]) {
      expect(await statusOf(path, clauses)).toBe(413);
      expect(await statusOf(path, {})).toBe(404);
    }
  });

  it('refuses a query with many parameters or values', async () => {
    const query = (count: number, separator: string) =>
      `/api/none/x?filter=${Array(count).fill('a').join(separator)}`;
    expect(await statusOf(query(101, '&filter='))).toBe(400);
    expect(await statusOf(query(501, ','))).toBe(400);
    expect(await statusOf(query(501, '%2C'))).toBe(400);
    expect(await statusOf(query(100, '&filter='))).toBe(404);
    expect(await statusOf(query(500, ','))).toBe(404);
  });
});
