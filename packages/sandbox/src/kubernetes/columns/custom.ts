import type { Column } from '../table';

// As in the additionalPrinterColumns of the projects' own definitions.

export const application: Column[] = [
  ['Sync Status', 'status.sync.status'],
  ['Health Status', 'status.health.status'],
  ['Revision', 'status.sync.revision', 'wide'],
  ['Project', 'spec.project', 'wide'],
];

const summary = (...severities: string[]): Column[] =>
  severities.map(severity => [
    `${severity}:integer`,
    `report.summary.${severity.toLowerCase()}Count`,
    'wide',
  ]);

const artifact: Column[] = [
  ['Repository', 'report.artifact.repository'],
  ['Tag', 'report.artifact.tag'],
  ['Scanner', 'report.scanner.name'],
  'Age',
];

export const vulnerabilityReport: Column[] = [
  ...artifact,
  ...summary('Critical', 'High', 'Medium', 'Low', 'Unknown'),
];

export const exposedSecretReport: Column[] = [
  ...artifact,
  ...summary('Critical', 'High', 'Medium', 'Low'),
];

export const configAuditReport: Column[] = [
  ['Scanner', 'report.scanner.name'],
  'Age',
  ...summary('Critical', 'High', 'Medium', 'Low'),
];
