import type {
  Findings,
  ScannedImage,
  findingsQuerySchema,
} from '@internal/plugin-ml-platform-common';
import type {
  ClusterStore,
  MlPlatformConfig,
} from '@internal/plugin-ml-platform-node';
import type { z } from 'zod';
import { TrackedReads } from '../kubernetes/TrackedReads';
import { readWorkloadObjects } from '../kubernetes/WorkloadObjects';
import { fullImageName } from './image';
import { pageOfFindings } from './pageOfFindings';
import { runningImages } from './runningImages';
import {
  isReportOf,
  isSampleReport,
  scannedContainer,
  scannedResource,
  vulnerabilityReportSchema,
  type VulnerabilityReport,
} from './vulnerabilityReport';

/** An image with its newest report, over all environments where it runs now. */
export interface ImageFindings extends ScannedImage {
  newest?: VulnerabilityReport;
}

/** What Trivy found in the images that a workload runs now. */
export class FindingsReader {
  static create(options: {
    store: ClusterStore;
    config: MlPlatformConfig;
  }): FindingsReader {
    return new FindingsReader(options.store, options.config);
  }

  readonly #store: ClusterStore;
  readonly #config: MlPlatformConfig;

  private constructor(store: ClusterStore, config: MlPlatformConfig) {
    this.#store = store;
    this.#config = config;
  }

  /** A workload that does not exist runs nothing: an empty answer. */
  async read(
    team: string,
    workload: string,
    query: z.output<typeof findingsQuerySchema>,
  ): Promise<Findings> {
    const reads = TrackedReads.create(this.#store);
    const images = new Map<string, ImageFindings>();
    await Promise.all(
      this.#config.environments.map(async environment => {
        const objects = await readWorkloadObjects(
          reads,
          team,
          workload,
          environment,
        );
        const running = runningImages(objects);
        const reports = running.length
          ? await reads.list(
              vulnerabilityReportSchema,
              environment.cluster,
              'vulnerabilityreports',
              { namespace: objects.namespace },
            )
          : [];
        for (const candidate of running) {
          const report = reports.find(
            each =>
              isReportOf(each, candidate.image) &&
              scannedContainer(each) === candidate.container &&
              candidate.resources.some(({ kind, name }) => {
                const resource = scannedResource(each);
                return resource.kind === kind && resource.name === name;
              }),
          );
          addImage(images, environment.name, candidate, report);
        }
      }),
    );
    const order = this.#config.environments.map(({ name }) => name);
    return {
      ...pageOfFindings(inOrder([...images.values()], order), query),
      freshness: reads.freshness(),
    };
  }
}

/** The same image is one image, however often it runs; its newest report counts. */
function addImage(
  images: Map<string, ImageFindings>,
  environment: string,
  { image, container }: { image: string; container: string },
  report: VulnerabilityReport | undefined,
) {
  const key = fullImageName(image);
  const known = images.get(key);
  const newest = newer(known?.newest, report);
  images.set(key, {
    image: known?.image ?? image,
    environments: [...new Set([...(known?.environments ?? []), environment])],
    containers: [...new Set([...(known?.containers ?? []), container])],
    report: newest ? 'present' : 'none',
    scannedAt: newest?.report.updateTimestamp,
    sample: newest ? isSampleReport(newest) : false,
    newest,
  });
}

function newer(
  a: VulnerabilityReport | undefined,
  b: VulnerabilityReport | undefined,
): VulnerabilityReport | undefined {
  const time = (each?: VulnerabilityReport) =>
    each?.report.updateTimestamp ?? '';
  return a && time(a) >= time(b) ? a : b ?? a;
}

/** Environments are read side by side; people see them in order of promotion. */
function inOrder(images: ImageFindings[], order: string[]): ImageFindings[] {
  return images
    .map(image => ({
      ...image,
      environments: image.environments.sort(
        (a, b) => order.indexOf(a) - order.indexOf(b),
      ),
    }))
    .sort((a, b) => a.image.localeCompare(b.image));
}
