import type { ImageUse } from './ImageTable';
import type { ImageFindings } from './pageOfFindings';
import type { ReportStateOf } from './reportState';
import { hasPods, imageNotes, osOf, rolesOf } from './imageNotes';
import { scannedAt, type ScopedImage } from './scope';
import { findingsIn } from './storedReport';

/** Lists the images of one workload with their findings. */
export function workloadImages(
  images: ScopedImage[],
  stateOf: ReportStateOf,
  /** In order of promotion. */
  environments: string[],
): ImageFindings[] {
  return images
    .map(image => ({
      image: image.uses[0].image,
      environments: environmentsOf(image.uses, environments),
      containers: [...new Set(image.uses.map(({ container }) => container))],
      roles: rolesOf(image),
      hasPods: hasPods(image),
      os: osOf(image),
      notes: imageNotes(image),
      report: stateOf(image),
      scannedAt: scannedAt(image),
      sample: image.report?.sample ?? false,
      findings: image.report ? findingsIn(image.report.object) : [],
    }))
    .sort((a, b) => a.image.localeCompare(b.image));
}

function environmentsOf(uses: ImageUse[], order: string[]): string[] {
  const names = new Set(uses.map(({ place }) => place.environment));
  return [...names].sort((a, b) => order.indexOf(a) - order.indexOf(b));
}
