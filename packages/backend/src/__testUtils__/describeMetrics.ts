import type { RunningPortal } from './RunningPortal';

/** Tests of the metrics for Prometheus. */
// eslint-disable-next-line jest/no-export -- Not a test file: portal.test.ts calls it.
export function describeMetrics(portal: () => RunningPortal) {
  it('count the stored objects and measure the response times, without names from requests', async () => {
    const path =
      '/api/ml-platform/teams/app-ml-team/workloads/no-such-workload';
    expect((await portal().send('ml-engineer', 'get', path)).status).toBe(404);

    const metrics = await portal().metrics();

    const value = (line: RegExp) => Number(line.exec(metrics)?.[1]);
    expect(
      value(
        /^ml_platform_cluster_store_objects\{cluster="sandbox",type="namespaces".*\} (\d+)/m,
      ),
    ).toBeGreaterThan(0);
    expect(
      value(
        /^ml_platform_cluster_store_staleness\{cluster="sandbox",type="pods".*\} ([\d.]+)/m,
      ),
    ).toBeLessThan(60);
    expect(
      value(
        /^ml_platform_http_request_duration_count\{.*http_route="\/teams\/:team\/workloads\/:workload",http_response_status_code="404".*\} (\d+)/m,
      ),
    ).toBeGreaterThan(0);
    // A metric of Backstage itself.
    expect(metrics).toMatch(/^catalog_entities_count\{/m);
    expect(metrics).not.toContain('no-such-workload');
  });
}
