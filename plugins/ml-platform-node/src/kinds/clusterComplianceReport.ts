import type { Kind } from './Kind';
import { metadataOnlySchema } from './metadata';
import { keep, pick } from './projection/projector';

export const clusterComplianceReportKind = {
  apiVersion: 'aquasecurity.github.io/v1alpha1',
  kind: 'ClusterComplianceReport',
  plural: 'clustercompliancereports',
  namespaced: false,
  schema: metadataOnlySchema,
  projection: {
    spec: pick({
      cron: keep,
      compliance: pick({
        id: keep,
        title: keep,
        description: keep,
        version: keep,
        platform: keep,
        controls: pick({
          id: keep,
          name: keep,
          severity: keep,
          description: keep,
        }),
      }),
    }),
    status: pick({
      updateTimestamp: keep,
      summary: keep,
      summaryReport: pick({
        id: keep,
        title: keep,
        controlCheck: pick({
          id: keep,
          name: keep,
          severity: keep,
          totalFail: keep,
        }),
      }),
    }),
  },
} satisfies Kind;
