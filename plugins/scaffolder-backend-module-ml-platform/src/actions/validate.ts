import { basename, dirname } from 'node:path/posix';
import { ConflictError, InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  isOfRun,
  workloadDirectory,
  type CheckResult,
  type ValidationReport,
} from '@internal/plugin-ml-platform-common';
import {
  checkResult,
  claimedRefs,
  validateChange,
  validateTeamChange,
  type FileChange,
} from '@internal/plugin-ml-platform-node';
import type { z } from 'zod/v3';
import { environmentPaths, isInEnvironment } from '../engine/environmentPaths';
import { refsInUse } from '../workloadNames';
import { conflictMessage } from '../workspace/conflictMessage';
import { digestOf } from '../workspace/digest';
import { ChangeRequestWorkspace } from '../workspace/ChangeRequestWorkspace';
import {
  isWorkloadCheckout,
  type CheckoutRecord,
} from '../workspace/stepRecords';
import { confirmationCheck } from './confirmationCheck';
import type { ActionDependencies } from './dependencies';
import { guardErrors, parseInput } from './guardErrors';
import { examples } from './validate.examples';

const inputSchema = (zod: typeof z) =>
  zod
    .object({
      team: zod.string().describe('The team given to checkout'),
      workload: zod
        .string()
        .optional()
        .describe('The workload given to checkout'),
      previewDigest: zod
        .string()
        .optional()
        .describe(
          'Digest of the report that the user saw; the task stops when the change differs from it now',
        ),
      confirmation: zod
        .object({ name: zod.string().optional() })
        .strict()
        .optional()
        .describe(
          'The name that the user typed to confirm what is lost; it must be that of the workload. Default: nothing is to be confirmed',
        ),
    })
    .strict();

const outputSchema = (zod: typeof z) =>
  zod.object({
    report: zod
      .record(zod.any())
      .describe(
        'Files with their diffs, rendered objects, and the result of every check',
      ),
  });

/**
 * Validates a change and reports what it does. Violations stop a task; a dry run only reports them, since a failing dry
 * run would lose the report.
 */
export function createValidateAction(
  dependencies: Pick<
    ActionDependencies,
    'auth' | 'catalog' | 'config' | 'logger' | 'repository'
  >,
) {
  const { config, logger, repository } = dependencies;
  return createTemplateAction({
    id: 'ml-platform:gitops:validate',
    description: 'Validates the change and reports exactly what it does',
    examples,
    supportsDryRun: true,
    schema: { input: inputSchema, output: outputSchema },
    async handler(ctx) {
      await guardErrors(logger, async () => {
        const input = parseInput(inputSchema, ctx.input);
        const workspace = await ChangeRequestWorkspace.open(
          ctx.workspacePath,
          input,
        );
        const { checkout } = workspace;
        const changes = await workspace.changes();
        const change = {
          root: workspace.proposedDirectory,
          before: workspace.repositoryDirectory,
          team: checkout.team,
          rootDirectory: config.repository.rootDirectory,
          environments: checkout.environments,
          changedPaths: changes.map(({ path }) => path),
        };
        const { checks, ...result } = isWorkloadCheckout(checkout)
          ? await validateChange(
              { ...change, workload: checkout.workload },
              { prices: config.prices },
            )
          : await validateTeamChange(change);
        const report: ValidationReport = {
          baseCommit: checkout.commit,
          digest: digestOf(changes),
          files: await diffs(),
          ...result,
          checks: [
            await mergeCheck(workspace),
            ...checks,
            ...confirmationCheck(input, result.destructive),
            ...(isWorkloadCheckout(checkout)
              ? [
                  environmentCheck(config, checkout, changes),
                  await namesCheck(dependencies, checkout, changes),
                ]
              : []),
          ],
        };
        const failures = report.checks.filter(
          ({ status }) => status === 'failed',
        );
        await workspace.finishValidation({
          digest: report.digest,
          passed: failures.length === 0,
          report,
        });
        ctx.output('report', report);
        for (const { title, status } of report.checks) {
          ctx.logger.info(`${title}: ${status}`);
        }
        if (!ctx.isDryRun) {
          stopAt(failures);
          stopAtDifference(input.previewDigest, report.digest);
        }

        async function diffs() {
          if (changes.length === 0) {
            return [];
          }
          const commit = await repository.commit({
            base: checkout.commit,
            changes,
            message: 'Preview',
            author: checkout.requester,
          });
          return repository.diff(checkout.commit, commit);
        }
      });
    },
  });
}

async function mergeCheck(
  workspace: ChangeRequestWorkspace,
): Promise<CheckResult> {
  const { changes, conflicts } = await workspace.change();
  const messages = [];
  if (conflicts.length > 0) {
    messages.push({ text: conflictMessage(workspace.checkout, conflicts) });
  } else if (changes.length === 0) {
    messages.push({
      text: `Nothing to change: the platform repository already has exactly this.`,
    });
  }
  return {
    id: 'merge',
    title: 'Merges with the platform repository',
    status: messages.length > 0 ? 'failed' : 'passed',
    messages,
  };
}

/** Checks that a request for one environment, or one run, changes no other: requests for different ones may be open at once. */
function environmentCheck(
  config: ActionDependencies['config'],
  checkout: CheckoutRecord,
  changes: FileChange[],
): CheckResult {
  const { environment, environments, run } = checkout;
  const { rootDirectory } = config.repository;
  const others = environments
    .map(({ name }) => name)
    .filter(name => environment !== undefined && name !== environment);
  const messages = changes.flatMap(({ path }) =>
    others
      .filter(name =>
        isInEnvironment(environmentPaths(rootDirectory, checkout, name), path),
      )
      .map(name => ({
        path,
        text: `This request is for ${environment}. Request a change of ${name} for itself.`,
      })),
  );
  if (environment !== undefined && run !== undefined) {
    const { runs, archivedRuns } = environmentPaths(
      rootDirectory,
      checkout,
      environment,
    );
    const isOwn = (path: string) =>
      [runs, archivedRuns].includes(dirname(path)) &&
      isOfRun(basename(path, '.yaml'), run);
    messages.push(
      ...changes
        .filter(({ path }) => !isOwn(path))
        .map(({ path }) => ({
          path,
          text: `This request is for the run ${run}. Request another change for itself.`,
        })),
    );
  }
  return checkResult(
    'environment',
    'Only the environment of the request changes',
    messages,
  );
}

/** Checks that the entities of a new `catalog-info.yaml` are not those of another workload. */
async function namesCheck(
  dependencies: Pick<
    ActionDependencies,
    'auth' | 'catalog' | 'config' | 'repository'
  >,
  { commit, team, workload }: CheckoutRecord,
  changes: FileChange[],
): Promise<CheckResult> {
  const file = changes.find(({ path }) =>
    path.endsWith(`${workloadDirectory(team, workload)}/catalog-info.yaml`),
  );
  const inUse = await refsInUse(dependencies, {
    workload: { team, workload },
    refs:
      file && 'content' in file
        ? await claimedRefs({ team, workload }, file.content)
        : [],
    commit,
  });
  return checkResult(
    'unique-names',
    'No other workload has its names',
    inUse.map(ref => ({
      path: file?.path,
      text: `The name ${ref} is already in use in the catalog. Choose another name.`,
      subject: 'name' as const,
    })),
  );
}

function stopAt(failures: CheckResult[]) {
  const messages = failures.flatMap(({ messages: texts }) =>
    texts.map(({ path, text }) => (path ? `${path}: ${text}` : text)),
  );
  if (failures.length > 0) {
    throw new InputError(
      `No pull request was opened, because these checks failed:\n${messages
        .map(message => `- ${message}`)
        .join('\n')}`,
    );
  }
}

function stopAtDifference(previewed: string | undefined, digest: string) {
  if (previewed && previewed !== digest) {
    throw new ConflictError(
      'The platform repository changed since your preview, and this change with it. Nothing was changed; preview again.',
    );
  }
}
