import {
  SAMPLE_DATA_ANNOTATION,
  severitySchema,
  type Severity,
} from '@internal/plugin-ml-platform-common';
import {
  parseDigest,
  type StoredFinding,
  type StoredObject,
  type VulnerabilityReport,
} from '@internal/plugin-ml-platform-node';
import { fullImageName } from './image';

/** Fields of a report of trivy-operator (`aquasecurity.github.io/v1alpha1`); there is one for each container of a resource. */
export interface StoredReport {
  /** Milliseconds since 1970; 0 if the report has no valid time. */
  madeAt: number;
  /** Digest of the image; for an image named by its tag, trivy-operator writes the ID of the image's configuration. */
  digest?: string;
  /** Full name with the tag, or with the digest if the image is named by that. */
  image: string;
  /** `<kind>/<name>/<container>`. */
  scanned: string;
  sample: boolean;
}

/** A type whose fields nothing has checked: reports are read in place, not parsed. */
type Unchecked<T> = T extends readonly unknown[]
  ? unknown
  : T extends object
  ? { [Field in keyof T]?: Unchecked<NonNullable<T[Field]>> }
  : unknown;
/** The unchecked fields of a report. */
export type ReportFields = Unchecked<VulnerabilityReport['report']>;

/** @returns undefined if the object is not a report on an image. */
export function readReport(object: StoredObject): StoredReport | undefined {
  const { updateTimestamp, registry, artifact } = (object.report ??
    {}) as ReportFields;
  if (typeof artifact?.repository !== 'string') {
    return undefined;
  }
  const { repository, tag, digest } = artifact;
  const name = [registry?.server, repository].filter(Boolean).join('/');
  return {
    madeAt: Date.parse(String(updateTimestamp)) || 0,
    digest: parseDigest(digest),
    image: fullImageName(
      tag ? `${name}:${String(tag)}` : `${name}@${String(digest)}`,
    ),
    scanned: `${scannedResource(object)}/${
      object.metadata.labels?.['trivy-operator.container.name'] ?? ''
    }`,
    sample: object.metadata.annotations?.[SAMPLE_DATA_ANNOTATION] !== undefined,
  };
}

export function findingsIn({ report }: StoredObject): StoredFinding[] {
  const { vulnerabilities } = (report ?? {}) as ReportFields;
  return Array.isArray(vulnerabilities)
    ? vulnerabilities.filter(isFinding)
    : [];
}

/** Scanned resource of a report of the scanner: its owner. */
export function scannedResource({ metadata }: StoredObject): string {
  const [owner] = metadata.ownerReferences ?? [];
  return `${owner?.kind}/${owner?.name}`;
}

function isFinding(value: unknown): value is StoredFinding {
  const { vulnerabilityID, resource } = (value ?? {}) as StoredFinding;
  return typeof vulnerabilityID === 'string' && typeof resource === 'string';
}

const ranks = new Map<string | undefined, number>(
  severitySchema.options.map((severity, rank) => [severity, rank]),
);

/** Rank of a severity, 0 for the most severe; unknown names rank as UNKNOWN. */
export function severityRank(severity: string | undefined): number {
  return ranks.get(severity) ?? severitySchema.options.length - 1;
}

export function severityOf(rank: number): Severity {
  return severitySchema.options[rank];
}
