import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  COMPONENTS_DIRECTORY,
  POLICIES_DIRECTORY,
  TEAM_ROOTS_DIRECTORY,
  TENANTS_DIRECTORY,
  WORKLOAD_MODULE_DIRECTORY,
  namespaceName,
  workloadDirectory,
  workloadNameProblem,
  repositoryPath,
} from '@internal/plugin-ml-platform-common';
import { tenantFilePath } from '@internal/plugin-ml-platform-node/plan';
import type { z } from 'zod/v3';
import { teamRunNames } from '../engine/teamRunNames';
import { authorizeRequester } from '../requester';
import { assertNameIsFree } from '../workloadNames';
import { ChangeRequestWorkspace } from '../workspace/ChangeRequestWorkspace';
import { MODES } from '../workspace/stepRecords';
import { examples } from './checkout.examples';
import { checkoutTeam } from './checkoutTeam';
import type { ActionDependencies } from './dependencies';
import { guardErrors, parseInput } from './guardErrors';
import { requestTarget } from './requestTarget';

const inputSchema = (zod: typeof z) =>
  zod
    .object({
      team: zod
        .string()
        .describe(
          'Team that the change is for; you must be a member, or a platform engineer',
        ),
      workload: zod
        .string()
        .optional()
        .describe(
          'Name of the workload, new or existing. Default: the request is for the team itself',
        ),
      group: zod
        .string()
        .optional()
        .describe(
          'For a request for a team itself: the group of the catalog that owns the team; you must be in it, or a platform engineer',
        ),
      // Expressions of templates give an empty text for what is not set.
      mode: zod
        .union([zod.enum(MODES), zod.literal('')])
        .optional()
        .describe(
          'The request: create (default), edit, upgrade or remove; run for new training runs; change for steps that only edit files',
        ),
      environment: zod
        .string()
        .optional()
        .describe(
          'The environment of the request. Default: create starts in the first one, remove is for all',
        ),
      allEnvironments: zod
        .union([zod.boolean(), zod.literal('')])
        .optional()
        .describe('Create the workload in every environment at once'),
      run: zod
        .string()
        .optional()
        .describe(
          'With mode run: name of the new run or sweep, by default the next number; with mode remove: the run to cancel',
        ),
    })
    .strict();

const outputSchema = (zod: typeof z) =>
  zod.object({
    commit: zod
      .string()
      .describe(
        'Commit of the platform repository that the change is based on',
      ),
    exists: zod
      .boolean()
      .describe("True when the workload's directory already exists"),
    environments: zod
      .array(
        zod.object({
          name: zod.string(),
          cluster: zod.string(),
          namespaceSuffix: zod.string(),
          namespace: zod.string(),
        }),
      )
      .describe('Environments of the request, in order of promotion'),
    run: zod
      .string()
      .optional()
      .describe('Name of the run of the request, if it is for one'),
  });

/**
 * Starts a change request: checks that the user may make it, and checks out the needed paths of the platform repository,
 * at one commit, into `repository/` of the workspace.
 */
export function createCheckoutAction(
  dependencies: Pick<
    ActionDependencies,
    | 'auth'
    | 'authorizer'
    | 'catalog'
    | 'config'
    | 'forge'
    | 'logger'
    | 'repository'
  >,
) {
  const { config, logger, repository } = dependencies;
  const inRoot = (path: string) =>
    repositoryPath(config.repository.rootDirectory, path);

  return createTemplateAction({
    id: 'ml-platform:gitops:checkout',
    description:
      'Checks that you can request changes for the team, and checks out the platform repository',
    examples,
    supportsDryRun: true,
    schema: { input: inputSchema, output: outputSchema },
    async handler(ctx) {
      await guardErrors(logger, async () => {
        const {
          team,
          workload,
          group,
          mode: requested,
          ...request
        } = parseInput(inputSchema, ctx.input);
        const mode = requested || 'create';
        if (workload === undefined) {
          const outputs = await checkoutTeam(dependencies, ctx, {
            team,
            group: group ?? '',
            mode,
          });
          ctx.output('commit', outputs.commit);
          ctx.output('exists', outputs.exists);
          ctx.output('environments', outputs.environments);
          return;
        }
        const { environments: allowed, ...requester } =
          await authorizeRequester(dependencies, ctx, { team });
        const problem = workloadNameProblem(workload);
        if (problem) {
          throw new InputError(problem);
        }

        const commit = await repository.head();
        const tenantFiles = await repository.list(
          commit,
          inRoot(`${TENANTS_DIRECTORY}/${team}`),
        );
        const environments = config.environments.filter(({ name }) =>
          tenantFiles.some(path =>
            path.startsWith(
              inRoot(`${TENANTS_DIRECTORY}/${team}/overlays/${name}/`),
            ),
          ),
        );
        if (environments.length === 0) {
          throw new ConflictError(
            `Team ${team} has no namespaces yet. Ask the platform team to add it to the platform repository.`,
          );
        }

        const directory = inRoot(workloadDirectory(team, workload));
        const exists = (await repository.list(commit, directory)).length > 0;
        if (!exists && mode === 'create') {
          await assertNameIsFree(dependencies, { team, workload }, commit);
        } else if (!exists) {
          throw new NotFoundError(
            `Team ${team} has no workload named ${workload} in the platform repository.`,
          );
        }
        const target = await requestTarget(
          { workload, environments, mode, ...request },
          environment =>
            teamRunNames(repository, {
              commit,
              team,
              environment,
              rootDirectory: config.repository.rootDirectory,
            }),
        );
        const refused = target.targets.find(
          name => allowed && !allowed.includes(name),
        );
        if (refused) {
          throw new NotAllowedError(
            `${requester.name} may not change ${refused}. Ask the platform team to allow it in mlPlatform.serviceCallers.`,
          );
        }
        const teams = await repository.directories(
          commit,
          inRoot(TENANTS_DIRECTORY),
        );
        const workspace = await ChangeRequestWorkspace.create(
          ctx.workspacePath,
          {
            commit,
            team,
            workload,
            mode,
            exists,
            environments,
            ...target,
            requester,
          },
        );
        await repository.checkout({
          commit,
          paths: [
            directory,
            inRoot(COMPONENTS_DIRECTORY),
            inRoot(POLICIES_DIRECTORY),
            inRoot(WORKLOAD_MODULE_DIRECTORY),
            inRoot(`${TEAM_ROOTS_DIRECTORY}/${team}`),
            // The shares of all teams are what a queue can lend.
            ...[...teams.keys()].map(name =>
              tenantFilePath(config.repository.rootDirectory, name),
            ),
          ],
          targetDirectory: workspace.repositoryDirectory,
        });
        await workspace.finishCheckout();

        ctx.logger.info(
          `Read the platform repository at ${commit.slice(0, 8)}`,
        );
        ctx.output('commit', commit);
        ctx.output('exists', exists);
        ctx.output('run', target.run);
        ctx.output(
          'environments',
          environments
            .filter(({ name }) => target.targets.includes(name))
            .map(environment => ({
              ...environment,
              namespace: namespaceName(team, environment),
            })),
        );
      });
    },
  });
}
