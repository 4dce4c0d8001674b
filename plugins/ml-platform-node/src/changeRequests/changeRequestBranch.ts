/** The workload that a change request is for, in one environment or as a whole. */
export interface ChangeRequestTarget {
  team: string;
  workload: string;
  environment?: string;
}

const PREFIX = 'ml-platform';
const BRANCH =
  /^ml-platform\/(?<template>[^/]+)\/(?<team>[^/.]+)\/(?<workload>[^/.]+?)(--(?<environment>[^/.]+))?(\.\d+)?$/;

/** Forge label of the pull requests that the portal opens. */
export const CHANGE_REQUEST_LABEL = 'ml-platform';

/**
 * Formats the branch of a change request, for example `ml-platform/ml-service/app-ml-team/fraud-scorer`, and with an
 * environment `ml-platform/set-image/app-ml-team/fraud-scorer--dev`. Names do not contain `--`.
 *
 * @param attempt - from 2 on it is appended as `.2`, when earlier branches of the name exist. Names do not contain dots.
 */
export function changeRequestBranch(
  template: string,
  { team, workload, environment }: ChangeRequestTarget,
  attempt = 1,
): string {
  const suffix = environment === undefined ? '' : `--${environment}`;
  const branch = `${PREFIX}/${template}/${team}/${workload}${suffix}`;
  return attempt === 1 ? branch : `${branch}.${attempt}`;
}

/** Parses the branch of a change request. @returns undefined for other branches. */
export function parseChangeRequestBranch(
  branch: string,
): (ChangeRequestTarget & { template: string }) | undefined {
  const groups = BRANCH.exec(branch)?.groups;
  return (
    groups && {
      template: groups.template,
      team: groups.team,
      workload: groups.workload,
      ...(groups.environment && { environment: groups.environment }),
    }
  );
}

/** True for change requests that must not be open at once: a workload as a whole includes each of its environments. */
export function targetsOverlap(
  one: ChangeRequestTarget,
  other: ChangeRequestTarget,
): boolean {
  return (
    one.team === other.team &&
    one.workload === other.workload &&
    (one.environment === undefined ||
      other.environment === undefined ||
      one.environment === other.environment)
  );
}
