import type {
  CheckResult,
  DestructiveChange,
} from '@internal/plugin-ml-platform-common';

/** The checks of a workload, or of a part of the platform. */
export interface Section {
  title: string;
  checks: CheckResult[];
  destructive?: DestructiveChange[];
}

export interface Report {
  changedFiles: string[];
  /** Owners who must approve the change: teams, and `platform`. */
  owners: string[];
  /** Workloads and parts of the platform that the change affects. */
  affected: number;
  sections: Section[];
  /** Effects that cannot be undone or that weaken a guard, with who must agree. */
  destructive: DestructiveChange[];
}

export function problemCount({ sections }: Report): number {
  return sections
    .flatMap(({ checks }) => checks)
    .filter(({ status }) => status === 'failed')
    .flatMap(({ messages }) => messages).length;
}
