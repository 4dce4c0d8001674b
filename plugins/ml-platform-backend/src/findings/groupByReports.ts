import type { IndexedReport } from './ImageTable';
import type { ScopedImage } from './scope';

interface ImagesWithReports {
  reports: IndexedReport[];
  images: ScopedImage[];
}

/** Groups the images that have one and the same report; others are groups of their own. */
export function groupByReports(images: ScopedImage[]): ImagesWithReports[] {
  const groups: ImagesWithReports[] = [];
  const bySingle = new Map<IndexedReport, ImagesWithReports>();
  for (const image of images) {
    const { reports } = image;
    const [single] = reports.length === 1 ? reports : [];
    const group = single && bySingle.get(single);
    if (group) {
      group.images.push(image);
    } else if (reports.length > 0) {
      const added = { reports, images: [image] };
      groups.push(added);
      if (single) {
        bySingle.set(single, added);
      }
    }
  }
  return groups;
}
