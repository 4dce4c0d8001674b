import type {
  Approval,
  DestructiveChange,
} from '@internal/plugin-ml-platform-common';
import { PLATFORM } from '../destructive/approvers';
import { Layout } from '../validation/platform/Layout';

/** Lists who must approve a change: the owners of its files, as CODEOWNERS has them, and those of its destructive effects. */
export function approvals(
  {
    changedPaths,
    rootDirectory,
  }: { changedPaths: string[]; rootDirectory: string },
  destructive: DestructiveChange[],
): Approval[] {
  const layout = Layout.at(rootDirectory);
  const reasons = new Map<string, Set<string>>();
  const add = (approver: string, reason: string) =>
    reasons.set(approver, new Set([...(reasons.get(approver) ?? []), reason]));
  for (const path of changedPaths) {
    add(layout.teamOf(path) ?? PLATFORM, 'It owns the changed files.');
  }
  for (const { approvers, text } of destructive) {
    approvers.forEach(approver => add(approver, text));
  }
  return [...reasons].map(([approver, texts]) => ({
    approver,
    reasons: [...texts],
  }));
}
