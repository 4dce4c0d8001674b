import type { Preview } from '@internal/plugin-ml-platform-common';

/** The digest of a change that may be requested; empty when a check failed or nothing would change. */
export function acceptedDigest({ report }: Preview): string {
  const failed = report.checks.some(({ status }) => status === 'failed');
  return failed || report.files.length === 0 ? '' : report.digest;
}
