import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { UserEntity } from '@backstage/catalog-model';
import { ConflictError, InputError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
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
} from '@internal/plugin-ml-platform-common';
import type { z } from 'zod/v3';
import { authorizeRequester } from '../requester';
import { RequestWorkspace } from '../workspace/RequestWorkspace';
import { examples } from './checkout.examples';
import type { ActionDependencies } from './dependencies';
import { guardErrors, parseInput } from './guardErrors';

const inputSchema = (zod: typeof z) =>
  zod
    .object({
      team: zod
        .string()
        .describe(
          'Name of the team that the request is for; its members and platform engineers may request',
        ),
      workload: zod.string().describe('Name of the workload, new or existing'),
    })
    .strict();

const outputSchema = (zod: typeof z) =>
  zod.object({
    commit: zod
      .string()
      .describe(
        'The commit of the platform repository that the request starts from',
      ),
    exists: zod
      .boolean()
      .describe("True when the workload's directory is there already"),
    workloadDirectory: zod
      .string()
      .describe("The workload's directory, relative to the repository's root"),
    teamRootsDirectory: zod
      .string()
      .describe(
        "The directory with the team's Terraform roots, one per environment",
      ),
    environments: zod
      .array(
        zod.object({
          name: zod.string(),
          cluster: zod.string(),
          namespaceSuffix: zod.string(),
          namespace: zod.string(),
        }),
      )
      .describe(
        'Environments that the team has a namespace in, in order of promotion',
      ),
  });

/**
 * Starts a request: checks that the person may make it, and brings what is needed of the platform repository, at one
 * commit, into `repository/` of the workspace.
 */
export function createCheckoutAction(
  dependencies: Pick<
    ActionDependencies,
    'auth' | 'authorizer' | 'catalog' | 'config' | 'logger' | 'repository'
  >,
) {
  const { auth, catalog, config, logger, repository } = dependencies;
  const inRoot = (path: string) =>
    [config.repository.rootDirectory, path].filter(Boolean).join('/');

  return createTemplateAction({
    id: 'ml-platform:gitops:checkout',
    description:
      'Checks that you may request for the team, and reads the platform repository',
    examples,
    supportsDryRun: true,
    schema: { input: inputSchema, output: outputSchema },
    async handler(ctx) {
      await guardErrors(logger, async () => {
        const { team, workload } = parseInput(inputSchema, ctx.input);
        const requester = await authorizeRequester(dependencies, ctx, team);
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
            `${team} has no namespaces yet. Ask the platform team to add the tenant ${team} to the platform repository first.`,
          );
        }

        const directory = inRoot(workloadDirectory(team, workload));
        const teamRoots = inRoot(`${TEAM_ROOTS_DIRECTORY}/${team}`);
        const exists = (await repository.list(commit, directory)).length > 0;
        if (!exists) {
          await assertNameIsFree(
            catalog,
            workload,
            await auth.getOwnServiceCredentials(),
          );
        }
        const workspace = await RequestWorkspace.create(ctx.workspacePath, {
          commit,
          team,
          workload,
          exists,
          environments,
          requester: identity(requester),
        });
        await repository.checkout({
          commit,
          paths: [
            directory,
            inRoot(COMPONENTS_DIRECTORY),
            inRoot(POLICIES_DIRECTORY),
            inRoot(WORKLOAD_MODULE_DIRECTORY),
            teamRoots,
          ],
          targetDirectory: workspace.repositoryDirectory,
        });
        await workspace.finishCheckout();

        ctx.logger.info(
          `Read the platform repository at ${commit.slice(0, 8)}`,
        );
        ctx.output('commit', commit);
        ctx.output('exists', exists);
        ctx.output('workloadDirectory', directory);
        ctx.output('teamRootsDirectory', teamRoots);
        ctx.output(
          'environments',
          environments.map(environment => ({
            ...environment,
            namespace: namespaceName(team, environment),
          })),
        );
      });
    },
  });
}

/** The catalog can hold one component of a name, whichever team has it. */
async function assertNameIsFree(
  catalog: CatalogService,
  workload: string,
  credentials: BackstageCredentials,
) {
  const component = await catalog.getEntityByRef(
    `component:default/${workload}`,
    { credentials },
  );
  if (component) {
    throw new ConflictError(
      `The name ${workload} is taken in the catalog. Choose another name.`,
    );
  }
}

/** How Git names the person. `invalid` is the domain that nobody can have. */
function identity({ metadata, spec }: UserEntity) {
  const { displayName, email } = spec.profile ?? {};
  return {
    ref: `user:${metadata.namespace ?? 'default'}/${
      metadata.name
    }`.toLowerCase(),
    name: clean(displayName) || metadata.name,
    email: clean(email) || `${metadata.name}@users.invalid`,
  };
}

/** Git's own separators in an identity. */
function clean(text = '') {
  return text.replace(/[<>\p{Cc}]/gu, '').trim();
}
