import type {
  VulnerabilitiesQuery,
  VulnerabilityGroup,
} from '@internal/plugin-ml-platform-common';
import type { MlPlatformClient } from '../../api/MlPlatformClient';
import { saveCsv, toCsv } from './csv';

const HEADER = [
  'Vulnerability',
  'Severity',
  'CVSS score',
  'Title',
  'Packages',
  'Installed',
  'Fixed in',
  'Images',
  'Workloads',
  'Teams',
  'First seen',
  'Link',
];
const BATCH = 100;

/** Saves all vulnerabilities that match the query, not only those of the page. */
export async function saveVulnerabilities(
  client: MlPlatformClient,
  query: VulnerabilitiesQuery,
): Promise<void> {
  const rows: VulnerabilityGroup[] = [];
  for (;;) {
    const { items, total } = await client.getVulnerabilities({
      ...query,
      offset: rows.length,
      limit: BATCH,
    });
    rows.push(...items);
    if (items.length === 0 || rows.length >= total) {
      break;
    }
  }
  saveCsv('vulnerabilities.csv', toCsv([HEADER, ...rows.map(csvRow)]));
}

function csvRow(group: VulnerabilityGroup) {
  const { packages } = group;
  const versions = (key: 'installedVersions' | 'fixedVersions') =>
    packages.flatMap(each => each[key]).join(' ');
  return [
    group.id,
    group.severity,
    group.score,
    group.title,
    packages.map(({ name }) => name).join(' '),
    versions('installedVersions'),
    versions('fixedVersions'),
    group.images,
    group.workloads,
    group.teams,
    group.firstSeen,
    group.link,
  ];
}
