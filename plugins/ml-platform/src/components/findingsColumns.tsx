import { Cell, Link, Text, type ColumnConfig } from '@backstage/ui';
import type { Vulnerability } from '@internal/plugin-ml-platform-common';
import { SEVERITY_TONES, severityName } from './severities';
import { Pill } from './shared/Pill';
import { TextCell } from './shared/TextCell';

/** A table row: one vulnerability in one package of one image. */
export type FindingRow = Omit<Vulnerability, 'id'> & {
  /** Row key; a vulnerability's own ID can repeat across packages and images. */
  id: string;
  /** The vulnerability's own ID, for example `CVE-2026-1234`. */
  vulnerability: string;
};

/** Columns of the findings table. */
export const findingsColumns: ColumnConfig<FindingRow>[] = [
  {
    id: 'severity',
    label: 'Severity',
    defaultWidth: '2fr',
    isSortable: true,
    cell: ({ severity, score }) => (
      <Cell>
        <Pill tone={SEVERITY_TONES[severity]}>{severityName(severity)}</Pill>
        {score !== undefined && (
          <Text as="div" variant="body-small" color="secondary">
            CVSS {score.toFixed(1)}
          </Text>
        )}
      </Cell>
    ),
  },
  {
    id: 'id',
    label: 'Vulnerability',
    defaultWidth: '6fr',
    isSortable: true,
    isRowHeader: true,
    cell: ({ vulnerability, link, title }) => (
      <Cell>
        {link ? (
          <Link href={link} target="_blank" rel="noopener noreferrer">
            {vulnerability}
          </Link>
        ) : (
          <Text>{vulnerability}</Text>
        )}
        <Text as="div" variant="body-small" color="secondary">
          {title}
        </Text>
      </Cell>
    ),
  },
  {
    id: 'package',
    label: 'Package',
    defaultWidth: '3fr',
    isSortable: true,
    cell: finding => (
      <TextCell
        title={finding.package}
        description={finding.installedVersion}
      />
    ),
  },
  {
    id: 'fix',
    label: 'Fixed in',
    defaultWidth: '2fr',
    cell: ({ fixedVersion }) => (
      <TextCell
        title={fixedVersion ?? 'No fix yet'}
        color={fixedVersion ? 'primary' : 'secondary'}
      />
    ),
  },
  {
    id: 'image',
    label: 'Image',
    defaultWidth: '3fr',
    cell: ({ image, environments }) => (
      <TextCell
        title={image.slice(image.lastIndexOf('/') + 1)}
        description={environments.join(', ')}
      />
    ),
  },
];
