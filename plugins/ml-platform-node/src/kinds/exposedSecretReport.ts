import { z } from 'zod';
import type { Kind } from './Kind';
import { metadataSchema } from './metadata';
import {
  interned,
  keep,
  pick,
  text,
  type Projector,
} from './projection/projector';
import { redactSecrets } from './projection/redactSecrets';
import {
  artifactProjector,
  registryProjector,
  scannerProjector,
} from './trivyReport';

const exposedSecretReportSchema = z.object({
  metadata: metadataSchema,
  report: z.object({
    updateTimestamp: z.string().optional(),
    secrets: z
      .array(
        z.object({
          ruleID: z.string(),
          title: z.string().default(''),
          severity: z.string().optional(),
          category: z.string().optional(),
          target: z.string().optional(),
        }),
      )
      .default([]),
  }),
});

/** Titles come from custom rules and targets from file names, so either can contain a credential. */
const redactedText: Projector = (value, pool) =>
  typeof value === 'string' ? pool.intern(redactSecrets(value)) : undefined;

/** The location of a secret is kept, never `match`: that is the secret with a few characters masked. */
export const exposedSecretReportKind = {
  apiVersion: 'aquasecurity.github.io/v1alpha1',
  kind: 'ExposedSecretReport',
  plural: 'exposedsecretreports',
  namespaced: true,
  schema: exposedSecretReportSchema,
  projection: {
    report: pick({
      updateTimestamp: keep,
      scanner: scannerProjector,
      registry: registryProjector,
      artifact: artifactProjector,
      summary: interned(),
      secrets: pick({
        ruleID: text,
        category: text,
        severity: text,
        title: redactedText,
        target: redactedText,
      }),
    }),
  },
} satisfies Kind;
