import { text } from './objectParts';
import { keep, pick, shared, sharedItems, type Projector } from './projector';
import { redactSecrets } from './redactSecrets';

const artifact = shared(
  pick({ repository: keep, tag: keep, digest: keep, mimeType: keep }),
);
const registry = shared(pick({ server: keep }));
const scanner = shared(pick({ name: keep, version: keep }));
const updateTimestamp = keep;

/** Of a finding, what makes it known, judged and mended; descriptions and links are most of a report's bytes. */
export const vulnerabilityReport = {
  report: pick({
    updateTimestamp,
    scanner,
    registry,
    artifact,
    os: shared(pick({ family: keep, name: keep, eosl: keep })),
    summary: keep,
    vulnerabilities: sharedItems('vulnerabilityID', {
      vulnerabilityID: keep,
      resource: keep,
      installedVersion: keep,
      fixedVersion: keep,
      severity: keep,
      score: keep,
      title: keep,
      primaryLink: keep,
    }),
  }),
};

export const configAuditReport = {
  report: pick({
    updateTimestamp,
    scanner,
    summary: shared(),
    checks: sharedItems('checkID', {
      checkID: keep,
      title: keep,
      severity: keep,
      category: keep,
      success: keep,
      description: keep,
      remediation: keep,
    }),
  }),
};

/** A scanner's own rules decide what stands in a title, and a file's name can be made of anything. */
const safeText: Projector = (value, pool) =>
  typeof value === 'string' ? pool.share(redactSecrets(value)) : undefined;

/** Where a secret lies, never `match`: that is the secret with a few letters blotted out. */
export const exposedSecretReport = {
  report: pick({
    updateTimestamp,
    scanner,
    registry,
    artifact,
    summary: shared(),
    secrets: pick({
      ruleID: text,
      category: text,
      severity: text,
      title: safeText,
      target: safeText,
    }),
  }),
};

export const clusterComplianceReport = {
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
    updateTimestamp,
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
};
