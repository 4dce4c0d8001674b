/** The workload that a change request is for. */
export interface ChangeRequestTarget {
  team: string;
  workload: string;
}

const PREFIX = 'ml-platform';
const BRANCH =
  /^ml-platform\/(?<template>[^/]+)\/(?<team>[^/.]+)\/(?<workload>[^/.]+)(\.\d+)?$/;

/** Forge label of the pull requests that the portal opens. */
export const CHANGE_REQUEST_LABEL = 'ml-platform';

/**
 * Formats the branch of a change request, for example `ml-platform/ml-service/app-ml-team/fraud-scorer`.
 *
 * @param attempt - from 2 on it is appended as `.2`, when earlier branches of the name exist. Names do not contain dots.
 */
export function changeRequestBranch(
  template: string,
  { team, workload }: ChangeRequestTarget,
  attempt = 1,
): string {
  const branch = `${PREFIX}/${template}/${team}/${workload}`;
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
    }
  );
}
