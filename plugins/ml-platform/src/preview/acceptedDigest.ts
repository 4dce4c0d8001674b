import type { Preview } from '@internal/plugin-ml-platform-common';

/** Digest of a change that can be submitted; empty when a check failed or there is nothing to change. */
export function acceptedDigest({ report }: Preview): string {
  const failed = report.checks.some(({ status }) => status === 'failed');
  return failed || report.files.length === 0 ? '' : report.digest;
}
