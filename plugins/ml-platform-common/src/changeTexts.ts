import { formatList } from './formatting';
import type { ValidationReport } from './preview';

/** The part of a report that a pull request repeats. */
export type ReviewedReport = Pick<
  ValidationReport,
  'checks' | 'destructive' | 'summary'
>;

/** Says how many checks passed, and which nobody can know before the merge. */
export function checksText({ checks }: Pick<ReviewedReport, 'checks'>): string {
  const count = (status: string) =>
    checks.filter(check => check.status === status).length;
  const inCluster = count('cluster-only');
  return `${count('passed')} of ${checks.length} checks passed${
    inCluster > 0 ? `, and ${inCluster} can be decided in the cluster only` : ''
  }.`;
}

/** Says what happens after the merge, and what people have to do then. */
export function afterMergeTexts({
  summary: { cloudEnvironments, environments },
}: Pick<ReviewedReport, 'summary'>): string[] {
  return [
    ...(environments.length > 0
      ? [
          `Argo CD applies it in ${formatList(
            environments,
          )} within about half a minute. The page of the request in the portal shows when it is healthy, or why it is not.`,
        ]
      : []),
    ...(cloudEnvironments.length > 0
      ? [
          `The CI of the repository applies the cloud resources in ${formatList(
            cloudEnvironments,
          )}, where it is set up to. Pods that need them may fail until then.`,
        ]
      : []),
    ...(environments.length + cloudEnvironments.length === 0
      ? ['Nothing is deployed: the portal reads the new files within a minute.']
      : []),
  ];
}

/** Says how to take the change back, and what does not come back. */
export function rollBackTexts({
  destructive,
}: Pick<ReviewedReport, 'destructive'>): string[] {
  return [
    'Revert this pull request: what it changed is then applied as it was before.',
    ...destructive.map(
      ({ text }) => `Check by hand what a revert does not bring back: ${text}`,
    ),
  ];
}
