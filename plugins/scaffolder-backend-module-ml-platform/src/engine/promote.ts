import { posix } from 'node:path';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  replaceFiles,
  type Answers,
  type ClusterStore,
  type FileVersion,
  type PlatformRepository,
} from '@internal/plugin-ml-platform-node';
import type { GeneratedFiles } from '../workspace/ChangeRequestWorkspace';
import { conflictMessage } from '../workspace/conflictMessage';
import type { CheckoutRecord } from '../workspace/stepRecords';
import { assertGatePassed } from './assertGatePassed';
import type { EnvironmentFiles } from './EnvironmentFiles';
import { isInEnvironment } from './environmentPaths';

/**
 * Values that belong to each environment, by the names of the files that hold them: promotion leaves them alone. See
 * docs/guides/golden-paths.md.
 */
const OWN_VALUES = ['replicas', 'schedule', 'size'];

interface Promotion {
  checkout: CheckoutRecord;
  files: EnvironmentFiles;
  repository: Pick<
    PlatformRepository,
    'commit' | 'contains' | 'fileHistory' | 'merge' | 'wasHead'
  >;
  /** The environment to promote. */
  source: string;
  store: Pick<ClusterStore, 'list'>;
  /** Allows environments between the source and the target. */
  maySkip: boolean;
}

/**
 * Generates the environment of the request from the one before it: the common ancestor is what was promoted last, so that
 * changes that people made in either environment stay.
 */
export async function promote(promotion: Promotion): Promise<GeneratedFiles> {
  const { checkout, files, repository, source } = promotion;
  const { commit, targets } = checkout;
  const [target] = targets;
  assertNextEnvironment(promotion, target);
  const existing = await files.read(commit, target);
  const answers = existing.size
    ? await files.answers(commit, target)
    : undefined;
  const change = await lastChange(promotion);
  await assertTested(promotion, change);
  const next = await adapted(promotion, {
    at: change.commit,
    target,
    own: answers,
  });
  if (!answers) {
    return { recorded: new Map(), next };
  }
  const last = answers.promotedFrom;
  return {
    recorded:
      last?.environment === source &&
      (await repository.wasHead({ commit: last.commit, head: commit }))
        ? await adapted(promotion, { at: last.commit, target, own: answers })
        : await files.render(answers, [target]),
    next,
  };
}

async function assertTested(
  { checkout, files, source, store }: Promotion,
  { commit, date }: FileVersion,
): Promise<void> {
  const { team, workload, environments } = checkout;
  const environment = environments.find(({ name }) => name === source);
  if (environment) {
    await assertGatePassed(store, {
      team,
      workload,
      environment,
      files: await files.read(commit, source),
      changedAt: date,
    });
  }
}

function assertNextEnvironment(
  { checkout: { environments }, source, maySkip }: Promotion,
  target: string,
) {
  const names = environments.map(({ name }) => name);
  const index = names.indexOf(source);
  if (index === -1) {
    throw new InputError(
      `The team has no environment ${source}. Choose one of ${names.join(
        ', ',
      )}.`,
    );
  }
  const isLater = names.indexOf(target) > index;
  if (names[index + 1] !== target && !(maySkip && isLater)) {
    throw new InputError(
      `${source} is promoted to ${
        names[index + 1] ?? 'nothing, because it is the last environment'
      }. Environments are ${names.join(', ')}, in this order.`,
    );
  }
}

/** The last commit that changed the source, so that a promotion stays the same while the repository moves on. */
async function lastChange({
  checkout: { commit, workload },
  files,
  repository,
  source,
}: Promotion): Promise<FileVersion> {
  const { overlay, terraform } = files.paths(source);
  const [[manifests], [cloud] = []] = await Promise.all(
    [overlay, ...(terraform ? [terraform] : [])].map(path =>
      repository.fileHistory({ commit, path, limit: 1 }),
    ),
  );
  if (!manifests) {
    throw nothingToPromote(workload, source);
  }
  const isNewest =
    !cloud ||
    (await repository.contains({
      commit: manifests.commit,
      ancestor: cloud.commit,
    }));
  return isNewest ? manifests : cloud;
}

function nothingToPromote(workload: string, source: string): NotFoundError {
  return new NotFoundError(
    `${workload} is not in ${source}: there is nothing to promote.`,
  );
}

/** The files of the source at a commit as they are in the target: rendered for it, with what people changed in the source. */
async function adapted(
  { checkout, files, repository, source }: Promotion,
  options: { at: string; target: string; own: Answers | undefined },
): Promise<Map<string, Buffer>> {
  const { at, target, own } = options;
  const current = await files.read(at, source);
  if (current.size === 0) {
    throw nothingToPromote(checkout.workload, source);
  }
  const answers = await files.answers(at, source);
  const moved = moveTo(files, source, target);
  const recorded = moved(
    onlyIn(files, source, await files.render(answers, [source])),
  );
  const next = onlyIn(
    files,
    target,
    await files.render(
      {
        template: answers.template,
        values: { ...answers.values, ...ownValues(own) },
        promotedFrom: { environment: source, commit: at },
      },
      [target],
    ),
  );
  const travels = travelling({ recorded, next });
  const base = filter(moved(current), travels);
  const commit = await repository.commit({
    base: at,
    changes: replaceFiles((await files.read(at, target)).keys(), base),
    message: 'Promotion',
    author: checkout.requester,
  });
  const { changes, conflicts } = await repository.merge({
    commit,
    recorded: filter(recorded, travels),
    next: filter(next, travels),
  });
  if (conflicts.length > 0) {
    throw new ConflictError(conflictMessage(checkout, conflicts));
  }
  const result = new Map([...base, ...filter(next, isOwnFile)]);
  for (const change of changes) {
    if ('deleted' in change) {
      result.delete(change.path);
    } else {
      result.set(change.path, change.content);
    }
  }
  return result;
}

/**
 * Finds which files travel with a promotion: not those that belong to each environment, and not those that only the source has
 * by its template, such as a dashboard of the first environment, with what people added beside them.
 */
function travelling({ recorded, next }: GeneratedFiles) {
  const ofSource = [...recorded.keys()]
    .filter(path => !next.has(path))
    .map(path => posix.dirname(path))
    .filter(directory =>
      [...next.keys()].every(path => !path.startsWith(`${directory}/`)),
    );
  return (path: string) =>
    !(isOwnFile(path) && next.has(path)) &&
    !ofSource.some(directory => path.startsWith(`${directory}/`));
}

function isOwnFile(path: string): boolean {
  return OWN_VALUES.some(name => path.endsWith(`/${name}.yaml`));
}

function filter(
  contents: Map<string, Buffer>,
  isKept: (path: string) => boolean,
): Map<string, Buffer> {
  return new Map([...contents].filter(([path]) => isKept(path)));
}

function ownValues(answers: Answers | undefined): Record<string, unknown> {
  return Object.fromEntries(
    OWN_VALUES.filter(name => answers?.values[name] !== undefined).map(name => [
      name,
      answers?.values[name],
    ]),
  );
}

/** Renames the paths of one environment to those of another. */
function moveTo(files: EnvironmentFiles, source: string, target: string) {
  const from = files.paths(source);
  const to = files.paths(target);
  return (contents: Map<string, Buffer>) =>
    new Map(
      [...contents].map(([path, content]) => [
        path === from.terraform && to.terraform
          ? to.terraform
          : `${to.overlay}${path.slice(from.overlay.length)}`,
        content,
      ]),
    );
}

/** Leaves out what the first environment shares with all: its files are already there. */
function onlyIn(
  files: EnvironmentFiles,
  environment: string,
  contents: Map<string, Buffer>,
): Map<string, Buffer> {
  const paths = files.paths(environment);
  return filter(contents, path => isInEnvironment(paths, path));
}
