import type { FixtureSize } from './fixture/size';

/** How big and how long measures are. */
export interface Scale {
  fixture: FixtureSize;
  /** What the peer's informer can read: it parses a type's list as one text, and texts end at 512 MB. */
  peerReports: number;
  /** Pods of the smaller and of the larger cluster. */
  growth: [number, number];
  /** Of load. */
  seconds: number;
  /** Requests or reads, one after the other. */
  samples: number;
}

/** 500 namespaces of a service with 40 pods, a report for every second pod. */
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
