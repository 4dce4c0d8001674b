/**
 * A workload that a change request is for: as a whole, in one environment, or one run (or sweep of runs) of it there. Without a
 * workload the team itself.
 */
export interface ChangeRequestTarget {
  team: string;
  workload?: string;
  environment?: string;
  /** Only with an environment. */
  run?: string;
}

const PREFIX = 'ml-platform';
const BRANCH =
  /^ml-platform\/(?<template>[^/]+)\/(?<team>[^/.]+)(\/(?<workload>[^/.]+?)(--(?<environment>[^/.]+?)(--(?<run>[^/.]+))?)?)?(\.\d+)?$/;

/** Forge label of the pull requests that the portal opens. */
export const CHANGE_REQUEST_LABEL = 'ml-platform';

/**
 * Formats the branch of a change request, for example `ml-platform/ml-service/app-ml-team/fraud-scorer`, and with an
 * environment `ml-platform/set-image/app-ml-team/fraud-scorer--dev`. A run is appended in the same way; for a team it is
 * `ml-platform/team-namespace/app-ml-team`. Names do not contain `--`.
 *
 * @param attempt - from 2 on it is appended as `.2`, when earlier branches of the name exist. Names do not contain dots.
 */
export function changeRequestBranch(
  template: string,
  { team, workload, environment, run }: ChangeRequestTarget,
  attempt = 1,
): string {
  const name = [workload, environment, run]
    .filter(part => part !== undefined)
    .join('--');
  const path = workload === undefined ? team : `${team}/${name}`;
  const branch = `${PREFIX}/${template}/${path}`;
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
      ...(groups.workload && { workload: groups.workload }),
      ...(groups.environment && { environment: groups.environment }),
      ...(groups.run && { run: groups.run }),
    }
  );
}

/** Describes a target to people, for example `fraud-scorer of app-ml-team`. */
export function describeTarget({
  team,
  workload,
}: Pick<ChangeRequestTarget, 'team' | 'workload'>): string {
  return workload === undefined ? `the team ${team}` : `${workload} of ${team}`;
}

/**
 * True for change requests that must not be open at once: a workload as a whole includes each of its environments. A team is
 * apart from its workloads. A run has files of its own, so that it waits neither for other runs nor for a change of its
 * environment.
 */
export function targetsOverlap(
  one: ChangeRequestTarget,
  other: ChangeRequestTarget,
): boolean {
  return (
    one.team === other.team &&
    one.workload === other.workload &&
    (one.environment === undefined ||
      other.environment === undefined ||
      (one.environment === other.environment && one.run === other.run))
  );
}
