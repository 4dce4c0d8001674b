import type { CheckResult } from '@internal/plugin-ml-platform-common';

/** What was checked of one workload, or of one part of the platform. */
export interface Section {
  title: string;
  checks: CheckResult[];
}

export interface Report {
  changedFiles: string[];
  /** Who has to approve the change: teams, and `platform`. */
  owners: string[];
  /** Workloads and parts of the platform that the change touches. */
  affected: number;
  sections: Section[];
}

export function problemCount({ sections }: Report): number {
  return sections
    .flatMap(({ checks }) => checks)
    .filter(({ status }) => status === 'failed')
    .flatMap(({ messages }) => messages).length;
}
