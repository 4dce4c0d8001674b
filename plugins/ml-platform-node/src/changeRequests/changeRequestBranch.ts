/** What a request is for. */
export interface ChangeRequestTarget {
  team: string;
  workload: string;
}

const PREFIX = 'ml-platform';
const BRANCH =
  /^ml-platform\/(?<template>[^/]+)\/(?<team>[^/.]+)\/(?<workload>[^/.]+)(\.\d+)?$/;

/** Label of every pull request that the portal opens. */
export const CHANGE_REQUEST_LABEL = 'ml-platform';

/**
 * The branch of a request, for example `ml-platform/ml-service/app-ml-team/fraud-scorer`.
 *
 * @param attempt - from 2 on it is added as `.2`: earlier branches of that name are used up. No name contains a dot.
 */
export function changeRequestBranch(
  template: string,
  { team, workload }: ChangeRequestTarget,
  attempt = 1,
): string {
  const branch = `${PREFIX}/${template}/${team}/${workload}`;
  return attempt === 1 ? branch : `${branch}.${attempt}`;
}

/** What a branch of ours requests; undefined for every other branch. */
export function parseChangeRequestBranch(
  branch: string,
): (ChangeRequestTarget & { template: string }) | undefined {
  const groups = BRANCH.exec(branch)?.groups;
  return (
    groups && {
      template: groups.template,
      team: groups.team,
      workload: groups.workload,
    }
  );
}
