import type { Column } from './Column';

// Follows the additionalPrinterColumns of the projects' CustomResourceDefinitions.

export const application: Column[] = [
  ['Sync Status', 'status.sync.status'],
  ['Health Status', 'status.health.status'],
  ['Revision', 'status.sync.revision', 'wide'],
  ['Project', 'spec.project', 'wide'],
];

const summaryColumns = (...severities: string[]): Column[] =>
  severities.map(severity => [
    `${severity}:integer`,
    `report.summary.${severity.toLowerCase()}Count`,
    'wide',
  ]);

const artifactColumns: Column[] = [
  ['Repository', 'report.artifact.repository'],
  ['Tag', 'report.artifact.tag'],
  ['Scanner', 'report.scanner.name'],
  'Age',
];

export const vulnerabilityReport: Column[] = [
  ...artifactColumns,
  ...summaryColumns('Critical', 'High', 'Medium', 'Low', 'Unknown'),
];

export const exposedSecretReport: Column[] = [
  ...artifactColumns,
  ...summaryColumns('Critical', 'High', 'Medium', 'Low'),
];

export const configAuditReport: Column[] = [
  ['Scanner', 'report.scanner.name'],
  'Age',
  ...summaryColumns('Critical', 'High', 'Medium', 'Low'),
];
