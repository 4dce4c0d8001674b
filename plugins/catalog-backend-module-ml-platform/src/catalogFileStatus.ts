import type { Entity } from '@backstage/catalog-model';
import type { CatalogFileStatus } from '@internal/plugin-ml-platform-common';
import type {
  CatalogFileProblem,
  FileVersion,
} from '@internal/plugin-ml-platform-node';
import { type KeptEntities, MAX_VERSIONS } from './KeptEntities';

const MAX_MESSAGES = 20;
const MAX_LENGTH = 1_000;

/** A problem of the current file, with the oldest version that has had it without a break. */
export interface DatedProblem extends CatalogFileProblem {
  since?: FileVersion;
}

/** Component of a workload whose file has never defined it, so that its pages exist. */
export function pathOnlyComponent(workload: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: workload, namespace: 'default' },
    spec: { type: 'unknown', lifecycle: 'unknown' },
  };
}

/** Says what the page shows instead of the current file, then what is wrong with the file, line by line. */
export function catalogFileStatus(options: {
  path: string;
  /** The commit that deleted the file. */
  deleted?: FileVersion;
  /** References of entities that the file defines and that are invalid. */
  invalid: string[];
  problems: DatedProblem[];
  kept: KeptEntities;
}): CatalogFileStatus {
  const { path, deleted, problems } = options;
  const messages: CatalogFileStatus = [
    ...(deleted
      ? [
          error(
            `${path} was deleted in ${commitText(
              deleted,
            )}, and the workload is still deployed. Add the file again, or delete the overlays too.`,
          ),
        ]
      : []),
    ...consequences(options),
    ...problems.map(({ line, text, since, ignored }) => ({
      level: ignored ? ('warning' as const) : ('error' as const),
      message: `${path}${line === undefined ? '' : `, line ${line}`}: ${text}${
        since ? ` Since ${commitText(since)}.` : ''
      }`,
    })),
  ];
  return messages.slice(0, MAX_MESSAGES).map(({ level, message }) => ({
    level,
    message:
      message.length > MAX_LENGTH
        ? `${message.slice(0, MAX_LENGTH)}…`
        : message,
  }));
}

function consequences(options: {
  deleted?: FileVersion;
  invalid: string[];
  kept: KeptEntities;
}): CatalogFileStatus {
  const { deleted, invalid, kept } = options;
  const { main } = kept;
  const component = kept.get(main);
  const others = kept.all().filter(item => item !== component);
  const until = deleted ? '' : ' until the file is fixed';
  return [
    ...(component
      ? [
          error(
            `This page shows the ${component.entity.kind} as ${commitText(
              component.version,
            )} defined it${until}.`,
          ),
        ]
      : []),
    ...((deleted || invalid.includes(main)) && !component
      ? [
          error(
            `None of the last ${MAX_VERSIONS} versions of the file defines this Component, so this page shows only what the path of the file says.`,
          ),
        ]
      : []),
    ...others.map(({ entity, version }) =>
      error(
        `${entity.kind} ${entity.metadata.name} is shown as ${commitText(
          version,
        )} defined it${until}.`,
      ),
    ),
    ...invalid
      .filter(ref => ref !== main && !kept.get(ref))
      .map(ref => error(`${ref} is left out of the catalog${until}.`)),
  ];
}

function error(message: string): CatalogFileStatus[number] {
  return { level: 'error', message };
}

/** For example `commit 1a2b3c4 of 2026-11-20`. */
function commitText({ commit, date }: FileVersion): string {
  return `commit ${commit.slice(0, 7)} of ${new Date(date)
    .toISOString()
    .slice(0, 10)}`;
}
