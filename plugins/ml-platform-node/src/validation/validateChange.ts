import type { CheckResult, Prices } from '@internal/plugin-ml-platform-common';
import { baseSummary, changeSummary } from '../summary/changeSummary';
import { needsGpus } from '../summary/environmentNeeds';
import { readTeamLimits } from '../summary/teamLimits';
import { ANSWERS, checkAnswers } from './answers';
import { APPLIED_FILES, checkAppliedFiles } from './appliedFiles';
import { DESTRUCTIVE, destructiveChanges } from '../destructive';
import { BUILD, buildWorkload, type EnvironmentBuild } from './builds';
import { CAPACITY, checkCapacity } from './capacity';
import { CATALOG, checkCatalogFile } from './catalogFile';
import type { Change, ChangeValidation } from './Change';
import { checkResult, skippedCheck } from './checkResult';
import { checkDashboards, DASHBOARDS } from './dashboards';
import { checkFileLimits, isWithinLimits } from './fileLimits';
import { locationsOf } from './locations';
import { checkModelLocation, MODEL_LOCATION } from './modelLocation';
import { checkHiddenText, HIDDEN_TEXT } from './hiddenText';
import { checkNamespaces, NAMESPACES } from './namespaces';
import { checkPaths } from './paths';
import { checkPolicies, POLICIES } from './policies';
import { checkWorkloadReferences, REFERENCES } from './references';
import { renderedObjects } from './renderedObjects';
import { checkSchemas, SCHEMAS } from './schemas';
import { checkTerraform, TERRAFORM } from './terraform/checkTerraform';

/** Files of a workload that are read together. */
type Part = 'answers' | 'catalog' | 'manifests' | 'terraform';

const OF_OBJECTS: Array<readonly [id: string, title: string]> = [
  BUILD,
  SCHEMAS,
  NAMESPACES,
  DASHBOARDS,
  POLICIES,
  CAPACITY,
  DESTRUCTIVE,
];

/**
 * Validates a change of one workload. Problems of the change are part of the result, described to its author.
 *
 * @throws ServiceUnavailableError when the validation cannot run, for example without kubectl.
 */
export async function validateChange(
  requested: Change,
  options: { signal?: AbortSignal; prices?: Prices } = {},
): Promise<ChangeValidation> {
  const limits = await checkFileLimits(requested);
  const unreadable = unreadableParts(requested, limits);
  const change = await withReadableBase(requested);
  const ifReadable = async (
    part: Part,
    title: readonly [id: string, title: string],
    check: (change: Change) => Promise<CheckResult>,
  ) => {
    const file = unreadable.get(part);
    return file === undefined
      ? check(change)
      : skippedCheck(...title, `Not checked: ${file} cannot be read.`);
  };
  const before = [
    limits,
    await checkPaths(change),
    await ifReadable('manifests', REFERENCES, checkWorkloadReferences),
  ];
  const independent = [
    await ifReadable('manifests', APPLIED_FILES, checkAppliedFiles),
    await ifReadable('terraform', TERRAFORM, checkTerraform),
    await ifReadable('answers', ANSWERS, checkAnswers),
    ...(unreadable.has('answers') || unreadable.has('terraform')
      ? [
          skippedCheck(
            ...MODEL_LOCATION,
            `Not checked: ${
              unreadable.get('answers') ?? unreadable.get('terraform')
            } cannot be read.`,
          ),
        ]
      : await checkModelLocation(change)),
    await ifReadable('catalog', CATALOG, checkCatalogFile),
    await ifReadable('manifests', HIDDEN_TEXT, checkHiddenText),
  ];
  const why = unreadable.has('manifests')
    ? `Not checked: ${unreadable.get('manifests')} cannot be read.`
    : blockedBy(before.slice(1));
  if (why) {
    const unchecked = OF_OBJECTS.map(title => skippedCheck(...title, why));
    return {
      checks: [...before, ...unchecked, ...independent],
      objects: [],
      destructive: [],
      summary: baseSummary(change),
    };
  }
  const { check, builds } = await buildWorkload(change, options);
  const teamLimits = await readTeamLimits(change, {
    withQueue: builds.some(needsGpus),
  });
  const objects =
    change.before === undefined ? [] : await renderedObjects(builds);
  const destructive = hasBase(change)
    ? await destructiveChanges(change, builds)
    : [];
  return {
    checks: [
      ...before,
      check,
      await checkSchemas(change, builds),
      await checkNamespaces(change, builds),
      await checkDashboards(change, builds),
      ...(await checkPolicies(change, builds)),
      checkCapacity(change, builds, teamLimits),
      checkComparison(builds),
      ...independent,
    ],
    objects,
    destructive,
    summary: await changeSummary(
      change,
      { builds, objects, destructive, limits: teamLimits },
      options.prices,
    ),
  };
}

function hasBase(change: Change): change is Change & { before: string } {
  return change.before !== undefined;
}

/** Checks that every environment can be compared with the base. What was found is not a problem: people decide. */
function checkComparison(builds: EnvironmentBuild[]): CheckResult {
  const unknown = builds
    .filter(({ isComparable }) => !isComparable)
    .map(({ environment }) => environment.name);
  return unknown.length > 0
    ? skippedCheck(
        ...DESTRUCTIVE,
        `Not compared with the base, because it cannot be built before or after the change: ${unknown.join(
          ', ',
        )}.`,
      )
    : checkResult(...DESTRUCTIVE, []);
}

/** Builds follow paths and references, so these must be valid. */
function blockedBy(checks: CheckResult[]): string | undefined {
  const failed = checks.filter(({ status }) => status === 'failed');
  return failed.length > 0
    ? `Not checked until this is solved: ${failed
        .map(({ title }) => title)
        .join(', ')}.`
    : undefined;
}

/** Finds the parts that no check may read, each with a file that is the reason. */
function unreadableParts(
  change: Change,
  { messages }: CheckResult,
): Map<Part, string> {
  const { answers, catalogFile, directory, terraform } = locationsOf(change);
  const parts = new Map<string, Part[]>([
    [catalogFile, ['catalog']],
    ...change.environments.flatMap(
      ({ name }): Array<[string, Part[]]> => [
        [answers(name), ['answers']],
        [terraform(name), ['terraform']],
      ],
    ),
    [directory, ['answers', 'catalog', 'manifests', 'terraform']],
  ]);
  return new Map(
    messages.flatMap(({ path = directory }) => {
      const own = parts.get(path);
      if (own) {
        return own.map((part): [Part, string] => [part, path]);
      }
      return path.startsWith(`${directory}/`) ? [['manifests', path]] : [];
    }),
  );
}

/** Drops a base that is too large to read: then all objects count as new. */
async function withReadableBase(change: Change): Promise<Change> {
  return change.before === undefined ||
    (await isWithinLimits(change, change.before))
    ? change
    : { ...change, before: undefined };
}
