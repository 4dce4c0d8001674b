import { z } from 'zod';
import type { Kind } from './Kind';
import { metadataSchema } from './metadata';
import { interned, internedItems, keep, pick } from './projection/projector';
import { scannerProjector } from './trivyReport';

const configAuditReportSchema = z.object({
  metadata: metadataSchema,
  report: z.object({
    updateTimestamp: z.string().optional(),
    checks: z
      .array(
        z.object({
          checkID: z.string(),
          title: z.string().default(''),
          severity: z.string().optional(),
          category: z.string().optional(),
          success: z.boolean().default(false),
          description: z.string().optional(),
          remediation: z.string().optional(),
        }),
      )
      .default([]),
  }),
});

export const configAuditReportKind = {
  apiVersion: 'aquasecurity.github.io/v1alpha1',
  kind: 'ConfigAuditReport',
  plural: 'configauditreports',
  namespaced: true,
  schema: configAuditReportSchema,
  projection: {
    report: pick({
      updateTimestamp: keep,
      scanner: scannerProjector,
      summary: interned(),
      checks: internedItems('checkID', {
        checkID: keep,
        title: keep,
        severity: keep,
        category: keep,
        success: keep,
        description: keep,
        remediation: keep,
      }),
    }),
  },
} satisfies Kind;
