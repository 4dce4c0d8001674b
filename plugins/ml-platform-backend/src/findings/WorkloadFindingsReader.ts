import type { WorkloadFindings } from '@internal/plugin-ml-platform-common';
import type {
  ClusterStore,
  MlPlatformConfig,
} from '@internal/plugin-ml-platform-node';
import type { FreshnessTracker } from '../kubernetes/FreshnessTracker';
import { FINDING_TYPES, type FindingsIndex } from './FindingsIndex';
import { readReportStates } from './reportState';
import { imagesInScope } from './scope';
import { summariseImages } from './teamSummaries';

interface WorkloadFindingsReaderOptions {
  store: ClusterStore;
  index: FindingsIndex;
  config: MlPlatformConfig;
}

/** Counts the findings of workloads, for responses about their state. Callers authorise. */
export class WorkloadFindingsReader {
  readonly #options: WorkloadFindingsReaderOptions;

  constructor(options: WorkloadFindingsReaderOptions) {
    this.#options = options;
  }

  /** Counts the findings of one workload, and tracks how fresh they are. */
  async count(
    { team, workload }: { team: string; workload: string },
    reads: FreshnessTracker,
  ): Promise<WorkloadFindings> {
    const { store, index, config } = this.#options;
    const stateOf = await readReportStates({
      store,
      staleAfterHours: config.findings.staleAfterHours,
      now: Date.now(),
    });
    await index.refresh();
    for (const cluster of store.clusters()) {
      reads.track(cluster, ...FINDING_TYPES);
    }
    const images = imagesInScope(index, {
      includes: each => each === team,
      team,
      workload,
    });
    return summariseImages(index.table, images, stateOf);
  }
}
