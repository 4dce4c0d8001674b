import { atMost, type Row } from '../Row';
import type { Scale } from '../Scale';
import {
  waitForResponseBytes,
  expectNonEmpty,
  type RunningBackend,
  type StockResponse,
} from '../withBackend';

const MAX_BYTES = 100_000;
/** Pod changes per second during the measurement, which invalidate cached responses. */
const CHANGES_PER_SECOND = 20;

const path = '/api/ml-platform/vulnerabilities?limit=100';
const sorts = ['severity', 'score', 'cve', 'affected', 'firstSeen'];
const queries = [
  ...sorts.flatMap(sort =>
    ['asc', 'desc'].map(order => `sort=${sort}&order=${order}`),
  ),
  'severity=CRITICAL,HIGH',
  'fixable=true',
  'search=overflow',
  'package=lib-package-12',
  'image=service-1',
  'team=team-0',
  'environment=prod',
];
const customResources = [
  {
    group: 'aquasecurity.github.io',
    apiVersion: 'v1alpha1',
    plural: 'vulnerabilityreports',
  },
];

interface Measured {
  p95Ms: number;
  /** CPU time of the backend per request. */
  cpuMs: number;
  bytes: number;
}

/** Enough rounds for pods to change during the measurement. */
const roundsOf = ({ samples }: Scale) => Math.ceil(samples / 100);

/** Measures the first page of findings with the maximum number of items. */
export const findings = {
  /** The slowest and largest response of all filters and sort orders. */
  ours: async (backend: RunningBackend, scale: Scale): Promise<Measured> => {
    const requests = await Promise.all(
      queries.map(query => backend.requestAs('security', `${path}&${query}`)),
    );
    const sizes = [];
    for (const request of requests) {
      sizes.push(await waitForResponseBytes(request));
      await expectNonEmpty(request, ({ total }: { total: number }) => total);
    }
    const { seconds } = scale;
    const [{ p95Ms, cpuMs }] = await Promise.all([
      backend.load({ do: 'times', requests, rounds: roundsOf(scale) }),
      backend.changePods({ perSecond: CHANGES_PER_SECOND, seconds }),
    ]);
    return {
      p95Ms,
      cpuMs: cpuMs / roundsOf(scale) / queries.length,
      bytes: Math.max(...sizes),
    };
  },

  /** The peer neither filters, sorts nor pages, and cannot read all reports: its response would exceed the maximum length of a string. */
  peer: async (backend: RunningBackend, scale: Scale): Promise<Measured> => {
    const request = await backend.requestAs(
      'engineer',
      '/api/kubernetes/resources/custom/query',
      { entityRef: 'component:default/reports', auth: {}, customResources },
    );
    const bytes = await waitForResponseBytes(request);
    await expectNonEmpty(
      request,
      ({ items }: StockResponse) => items[0].resources[0].resources.length,
    );
    const { p95Ms, cpuMs } = await backend.load({
      do: 'times',
      requests: [request],
      rounds: roundsOf(scale),
    });
    return { p95Ms, cpuMs: cpuMs / roundsOf(scale), bytes };
  },

  rows: (ours: Measured, peer: Measured, { fixture }: Scale): Row[] => [
    atMost(
      `vulnerabilities of ${fixture.reports} reports, first page of 100, slowest of ${queries.length} filters and sorts (peer: all reports of one namespace), p95, ms`,
      ours.p95Ms,
      100,
      peer.p95Ms,
    ),
    atMost(
      'the same, CPU time of the backend per request, ms',
      ours.cpuMs,
      100,
      peer.cpuMs,
    ),
    atMost('the same, bytes as sent', ours.bytes, MAX_BYTES, peer.bytes),
  ],
};
