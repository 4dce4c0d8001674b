import type { CheckResult } from '@internal/plugin-ml-platform-common';

/** The checks of a workload, or of a part of the platform. */
export interface Section {
  title: string;
  checks: CheckResult[];
}

export interface Report {
  changedFiles: string[];
  /** Owners who must approve the change: teams, and `platform`. */
  owners: string[];
  /** Workloads and parts of the platform that the change affects. */
  affected: number;
  sections: Section[];
}

export function problemCount({ sections }: Report): number {
  return sections
    .flatMap(({ checks }) => checks)
    .filter(({ status }) => status === 'failed')
    .flatMap(({ messages }) => messages).length;
}
