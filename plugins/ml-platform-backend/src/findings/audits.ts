import {
  KUBERNETES_ID_LABEL,
  type ConfigAudit,
  type ExposedSecret,
} from '@internal/plugin-ml-platform-common';
import type { StoredObject } from '@internal/plugin-ml-platform-node';
import { z } from 'zod';
import { parseObjects } from '../kubernetes/metadata';
import type { TeamNamespace } from './ImageTable';
import {
  readReport,
  scannedResource,
  severityOf,
  severityRank,
} from './storedReport';

const severity = z
  .string()
  .optional()
  .transform(name => severityOf(severityRank(name)));

const configAuditReportSchema = z.object({
  report: z.object({
    updateTimestamp: z.string().optional(),
    checks: z
      .array(
        z.object({
          checkID: z.string(),
          title: z.string().default(''),
          severity,
          category: z.string().optional(),
          success: z.boolean().default(false),
          description: z.string().optional(),
          remediation: z.string().optional(),
        }),
      )
      .default([]),
  }),
});

const exposedSecretReportSchema = z.object({
  report: z.object({
    updateTimestamp: z.string().optional(),
    secrets: z
      .array(
        z.object({
          ruleID: z.string(),
          title: z.string().default(''),
          severity,
          category: z.string().optional(),
          target: z.string().optional(),
        }),
      )
      .default([]),
  }),
});

/** Lists the failed checks of a configuration audit report. */
export function configAuditsIn(
  object: StoredObject,
  place: TeamNamespace,
): ConfigAudit[] {
  return parseObjects(configAuditReportSchema, [object]).flatMap(({ report }) =>
    report.checks
      .filter(({ success }) => !success)
      .map(({ checkID, success: _, ...check }) => ({
        ...audited(object, place, report.updateTimestamp),
        rule: checkID,
        ...check,
      })),
  );
}

/** Lists the secrets that a report found in an image. */
export function exposedSecretsIn(
  object: StoredObject,
  place: TeamNamespace,
): ExposedSecret[] {
  const image = readReport(object)?.image ?? '';
  return parseObjects(exposedSecretReportSchema, [object]).flatMap(
    ({ report }) =>
      report.secrets.map(({ ruleID, ...secret }) => ({
        ...audited(object, place, report.updateTimestamp),
        rule: ruleID,
        ...secret,
        image,
        container: object.metadata.labels?.['trivy-operator.container.name'],
      })),
  );
}

function audited(
  object: StoredObject,
  place: TeamNamespace,
  updatedAt: string | undefined,
) {
  const [kind, name] = scannedResource(object).split('/');
  return {
    ...place,
    // The operator copies the label (`reportResourceLabels`).
    workload: object.metadata.labels?.[KUBERNETES_ID_LABEL],
    resource: { kind, name },
    updatedAt,
  };
}
