import type { FixtureSize } from './fixture/size';

/** Size and duration of measurements. */
export interface Scale {
  fixture: FixtureSize;
  /**
   * Number of reports for the peer's informer when it fails with `fixture.reports`: it parses a list as one string, of at
   * most 512 MB.
   */
  peerReports: number;
  /** Pods of the smaller and of the larger cluster. */
  growth: [number, number];
  /** Duration of each throughput measurement. */
  seconds: number;
  /** Number of sequential requests or reads. */
  samples: number;
  /** Requests for changes: one after another, and at once. */
  proposals: { sequential: number; concurrent: number };
}

/** 500 namespaces with a service of 40 pods each, and a report for every second pod. */
export const fullScale: Scale = {
  fixture: {
    namespaces: 500,
    pods: 20_000,
    reports: 10_000,
    applications: 1_000,
  },
  peerReports: 2_000,
  growth: [5_000, 50_000],
  seconds: 10,
  samples: 2_000,
  proposals: { sequential: 20, concurrent: 50 },
};
