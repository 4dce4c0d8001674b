import type { WorkloadFindings } from '@internal/plugin-ml-platform-common';
import type {
  ClusterStore,
  MlPlatformConfig,
} from '@internal/plugin-ml-platform-node';
import type { FreshnessTracker } from '../kubernetes/FreshnessTracker';
import { FINDING_TYPES, type FindingsIndex } from './FindingsIndex';
import { readReportStates } from './reportState';
import { imagesByWorkload } from './scope';
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

  /** Counts the findings of workloads, in their order, and tracks how fresh they are. */
  async count(
    workloads: Array<{ team: string; workload: string }>,
    reads: FreshnessTracker,
  ): Promise<WorkloadFindings[]> {
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
    const teams = new Set(workloads.map(({ team }) => team));
    const images = imagesByWorkload(index, {
      includes: each => teams.has(each),
    });
    return workloads.map(({ team, workload }) =>
      summariseImages(
        index.table,
        images.get(`${team}/${workload}`) ?? [],
        stateOf,
      ),
    );
  }
}
