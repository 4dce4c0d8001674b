import type { CheckResult } from '@internal/plugin-ml-platform-common';
import type { Report } from './checkRepository';

const MARKS: Record<CheckResult['status'], string> = {
  passed: 'ok  ',
  failed: 'FAIL',
  skipped: 'skip',
  'cluster-only': 'later',
};

/** The report for a person at a terminal. */
export function terminalReport({ changedFiles, sections }: Report): string {
  const lines = [`${changedFiles.length} files changed.`];
  for (const { title, checks } of sections) {
    lines.push('', title);
    for (const check of checks) {
      lines.push(`  ${MARKS[check.status]} ${check.title}`);
      for (const { path, text } of check.messages) {
        lines.push(`       ${path ? `${path}: ` : ''}${text}`);
      }
    }
  }
  return lines.join('\n');
}
