import { z } from 'zod';
import type { Kind } from './Kind';
import { metadataSchema } from './metadata';
import {
  interned,
  internedItems,
  keep,
  pick,
  text,
  type Projector,
} from './projection/projector';
import { redactSecrets } from './projection/redactSecrets';
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
          /** Container and value that fail the check, as text. */
          messages: z.array(z.string()).default([]),
        }),
      )
      .default([]),
  }),
});

/**
 * Checks for secrets in ConfigMaps quote keys, and the lines that look like a secret.
 *
 * @see aquasecurity/trivy-checks checks/kubernetes/aquacommercial/configMap_with_secrets.rego (KSV-0109)
 */
const QUOTED_CONTENT = /(key\(s\) or value\(s\)) .*$/s;

const redactMessages: Projector = value =>
  Array.isArray(value)
    ? value.flatMap(message =>
        typeof message === 'string'
          ? redactSecrets(message.replace(QUOTED_CONTENT, '$1 …'))
          : [],
      )
    : undefined;

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
      // Texts are interned on their own: messages make most failed checks differ.
      checks: internedItems('checkID', {
        checkID: keep,
        title: text,
        severity: text,
        category: text,
        success: keep,
        description: text,
        remediation: text,
        messages: interned(redactMessages),
      }),
    }),
  },
} satisfies Kind;
