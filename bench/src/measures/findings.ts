import { atMost, type Row } from '../Row';
import type { Scale } from '../Scale';
import { bytesOf, withBackend } from '../withBackend';

const MAX_BYTES = 100_000;

const path = '/api/ml-platform/teams/team-0/workloads/service-0/findings';
const queries = [
  ...['severity', 'package', 'id'].flatMap(sort =>
    ['asc', 'desc'].map(order => `sort=${sort}&order=${order}`),
  ),
  'severity=CRITICAL,HIGH',
  'fixable=true',
  'search=overflow',
  'search=lib-package-12',
];
const customResources = [
  {
    group: 'aquasecurity.github.io',
    apiVersion: 'v1alpha1',
    plural: 'vulnerabilityreports',
  },
];

/** First pages, of every filter and sort. */
export async function findingsRows(scale: Scale): Promise<Row[]> {
  const { fixture } = scale;
  const count = Math.ceil(scale.samples / 40);
  const ours = await withBackend(fixture, 'portal', async backend => {
    const slowest = { p95Ms: 0, bytes: 0 };
    for (const query of queries) {
      const asked = await backend.as('engineer', `${path}?${query}`);
      const bytes = await bytesOf(asked);
      const { p95Ms } = await backend.load({ do: 'times', asked, count });
      slowest.p95Ms = Math.max(slowest.p95Ms, p95Ms);
      slowest.bytes = Math.max(slowest.bytes, bytes);
    }
    return slowest;
  });
  const peer = await withBackend(fixture, 'stock', async backend => {
    const asked = await backend.as(
      'engineer',
      '/api/kubernetes/resources/custom/query',
      { entityRef: 'component:default/reports', auth: {}, customResources },
    );
    const bytes = await bytesOf(asked);
    const { p95Ms } = await backend.load({ do: 'times', asked, count });
    return { p95Ms, bytes };
  });
  const measure = `findings among ${fixture.reports} reports, first page, slowest of ${queries.length} filters and sorts (peer: the reports of one namespace, whole)`;
  return [
    atMost(`${measure}, p95, ms`, ours.p95Ms, 100, peer.p95Ms),
    atMost('the same, bytes as sent', ours.bytes, MAX_BYTES, peer.bytes),
  ];
}
