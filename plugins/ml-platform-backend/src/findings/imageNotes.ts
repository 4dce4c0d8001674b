import type {
  ContainerRole,
  ImageOs,
} from '@internal/plugin-ml-platform-common';
import type { IndexedReport } from './ImageTable';
import type { ReportFields } from './storedReport';
import type { ScopedImage } from './scope';

/**
 * Names of operating systems by Trivy's families; others are shown as they are.
 *
 * @see aquasecurity/trivy pkg/fanal/types/const.go
 */
const OS_NAMES: Record<string, string> = {
  alma: 'AlmaLinux',
  alpine: 'Alpine',
  amazon: 'Amazon Linux',
  azurelinux: 'Azure Linux',
  'cbl-mariner': 'CBL-Mariner',
  centos: 'CentOS',
  debian: 'Debian',
  fedora: 'Fedora',
  opensuse: 'openSUSE',
  'opensuse.leap': 'openSUSE Leap',
  'opensuse-leap': 'openSUSE Leap',
  oracle: 'Oracle Linux',
  photon: 'Photon OS',
  redhat: 'Red Hat Enterprise Linux',
  rocky: 'Rocky Linux',
  slem: 'SUSE Linux Enterprise Micro',
  sles: 'SUSE Linux Enterprise Server',
  'suse linux enterprise server': 'SUSE Linux Enterprise Server',
  ubuntu: 'Ubuntu',
  wolfi: 'Wolfi',
};

/** The operating system that Trivy found in an image; undefined without a report, or if the report names none. */
export function osOf({
  report,
  reports,
}: Pick<ScopedImage, 'report' | 'reports'>): ImageOs | undefined {
  const { family, name, eosl } =
    osFields(reports.find(saysEndOfLife) ?? report) ?? {};
  if (typeof family !== 'string' || !/^(?!none$)./.test(family)) {
    return undefined;
  }
  return {
    name: [OS_NAMES[family] ?? family, typeof name === 'string' && name]
      .filter(Boolean)
      .join(' '),
    endOfLife: eosl === true,
  };
}

/** Returns true for an image whose operating system gets no security fixes any more. */
export function isEndOfLife({
  reports,
}: Pick<ScopedImage, 'reports'>): boolean {
  return reports.some(saysEndOfLife);
}

export function rolesOf({ uses }: Pick<ScopedImage, 'uses'>): ContainerRole[] {
  return [...new Set(uses.map(({ role }) => role))].sort();
}

/** Returns true if a pod uses the image, not only the template of a workload without pods. */
export function hasPods({ uses }: Pick<ScopedImage, 'uses'>): boolean {
  return uses.some(use => use.hasPods);
}

/** Facts about an image that limit what its report says, as sentences. */
export function imageNotes(image: ScopedImage): string[] {
  const os = osOf(image);
  const notes: string[] = [];
  if (isEndOfLife(image)) {
    notes.push(
      `${
        os?.name ?? 'Its operating system'
      } is out of support: it gets no security fixes, and vulnerabilities found since are not in the report. Move to a supported base image.`,
    );
  } else if (image.report && osFields(image.report) && !os) {
    notes.push(
      'Trivy found no operating system in this image, as in distroless and scratch images: only language packages and binaries were checked.',
    );
  }
  if (!hasPods(image)) {
    notes.push(
      image.report
        ? 'No pod uses this image now.'
        : 'No pod uses this image now. Trivy may scan it only after its next start.',
    );
  }
  if (!image.report && image.uses.every(({ role }) => role === 'ephemeral')) {
    notes.push(
      'It runs in an ephemeral container (kubectl debug). Trivy does not scan those in pods of a workload, so its vulnerabilities are unknown.',
    );
  }
  return notes;
}

function saysEndOfLife(report: IndexedReport): boolean {
  return osFields(report)?.eosl === true;
}

function osFields(report: IndexedReport | undefined): ReportFields['os'] {
  return (report?.object.report as ReportFields | undefined)?.os;
}
