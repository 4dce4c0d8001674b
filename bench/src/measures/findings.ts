import { atMost, type Row } from '../Row';
import type { Scale } from '../Scale';
import { bytesOf, type RunningBackend } from '../withBackend';

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

interface Measured {
  p95Ms: number;
  bytes: number;
}

const countOf = ({ samples }: Scale) => Math.ceil(samples / 40);

/** First pages of what was found. */
export const findings = {
  /** The slowest and the largest of every filter and sort. */
  ours: async (backend: RunningBackend, scale: Scale): Promise<Measured> => {
    const worst = { p95Ms: 0, bytes: 0 };
    for (const query of queries) {
      const asked = await backend.as('engineer', `${path}?${query}`);
      const bytes = await bytesOf(asked);
      const { p95Ms } = await backend.load({
        do: 'times',
        asked,
        count: countOf(scale),
      });
      worst.p95Ms = Math.max(worst.p95Ms, p95Ms);
      worst.bytes = Math.max(worst.bytes, bytes);
    }
    return worst;
  },

  /** It neither filters, sorts nor cuts, and cannot read all reports: its answer would be longer than a text can be. */
  peer: async (backend: RunningBackend, scale: Scale): Promise<Measured> => {
    const asked = await backend.as(
      'engineer',
      '/api/kubernetes/resources/custom/query',
      { entityRef: 'component:default/reports', auth: {}, customResources },
    );
    const bytes = await bytesOf(asked);
    const { p95Ms } = await backend.load({
      do: 'times',
      asked,
      count: countOf(scale),
    });
    return { p95Ms, bytes };
  },

  rows: (ours: Measured, peer: Measured, { fixture }: Scale): Row[] => [
    atMost(
      `findings among ${fixture.reports} reports, first page, slowest of ${queries.length} filters and sorts (peer: all reports of one namespace), p95, ms`,
      ours.p95Ms,
      100,
      peer.p95Ms,
    ),
    atMost('the same, bytes as sent', ours.bytes, MAX_BYTES, peer.bytes),
  ],
};
