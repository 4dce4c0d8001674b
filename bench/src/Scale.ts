import type { FixtureSize } from './fixture/size';

/** Size of the measured cluster, and duration of the measurements. */
export interface Scale {
  fixture: FixtureSize;
  /**
   * Number of vulnerability reports for the peer's informers if they fail with `fixture.reports`. They parse a list as one
   * string, and Node.js limits strings to 512 MB.
   */
  peerReports: number;
  /** Numbers of pods of the two clusters that show how costs grow: the smaller, then the larger. */
  growth: [number, number];
  /** Base duration of load tests, in seconds. */
  seconds: number;
  /** Number of sequential requests or reads from which quantiles are computed. */
  samples: number;
}

/** The scale of `yarn bench`: 500 namespaces with a service of 40 pods each, and a vulnerability report for every second pod. */
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
};
