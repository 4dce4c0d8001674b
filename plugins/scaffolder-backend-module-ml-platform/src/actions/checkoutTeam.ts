import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import {
  COMPONENTS_DIRECTORY,
  POLICIES_DIRECTORY,
  TEAM_ROOTS_DIRECTORY,
  TENANTS_DIRECTORY,
  WORKLOADS_DIRECTORY,
  namespaceName,
  repositoryPath,
  teamNameProblem,
} from '@internal/plugin-ml-platform-common';
import {
  entityWithTeamName,
  listChangeRequests,
} from '@internal/plugin-ml-platform-node';
import {
  readTenant,
  tenantFilePath,
} from '@internal/plugin-ml-platform-node/plan';
import { authorizeRequester, type RequesterContext } from '../requester';
import { ChangeRequestWorkspace } from '../workspace/ChangeRequestWorkspace';
import type { TeamCheckoutRecord } from '../workspace/stepRecords';
import type { ActionDependencies } from './dependencies';

type Dependencies = Pick<
  ActionDependencies,
  'auth' | 'authorizer' | 'catalog' | 'config' | 'forge' | 'repository'
>;

interface TeamRequest {
  team: string;
  group: string;
  mode: string;
}

/** Inputs and outputs of the plan's rendering, without the Terraform roots of other teams. */
const DIRECTORIES = [
  COMPONENTS_DIRECTORY,
  POLICIES_DIRECTORY,
  TENANTS_DIRECTORY,
  'catalog',
  'ci',
  'gitops/bootstrap',
  'gitops/platform',
  'platform.yaml',
  'terraform/compositions/data-platform',
  'terraform/compositions/foundation',
  'terraform/compositions/state.s3.tfbackend',
];
const GROUP_NAME = /^[a-z0-9][a-z0-9._-]{0,62}$/;
const AT_REPOSITORY_ROOT = ['.github/workflows', 'CODEOWNERS'];

/** Starts a change request for a team: checks that the user may make it, and checks out what the team is rendered from and into. */
export async function checkoutTeam(
  dependencies: Dependencies,
  ctx: RequesterContext & { workspacePath: string },
  { team, group, mode: requested }: TeamRequest,
) {
  const { config, repository } = dependencies;
  const { environments } = config;
  const inRoot = (path: string) =>
    repositoryPath(config.repository.rootDirectory, path);
  const mode = teamMode(requested);
  if (!GROUP_NAME.test(group)) {
    throw new InputError('Choose the group that owns the team.');
  }
  const requester = await authorizeRequester(dependencies, ctx, { group });
  const problem = teamNameProblem(team, environments);
  if (problem) {
    throw new InputError(problem);
  }

  const commit = await repository.head();
  const file = tenantFilePath(config.repository.rootDirectory, team);
  const text = (await repository.read(commit, [file])).get(file)?.toString();
  const exists = text !== undefined;
  if (mode === 'create') {
    await assertNameIsFree(dependencies, { team, group, exists });
  } else {
    assertOwner({ team, group }, file, text);
  }
  if (mode === 'remove') {
    await assertEmpty(dependencies, team, commit);
  }
  const checkout: TeamCheckoutRecord = {
    commit,
    team,
    group,
    mode,
    exists,
    environments,
    requester,
  };
  const workspace = await ChangeRequestWorkspace.create(
    ctx.workspacePath,
    checkout,
  );
  await repository.checkout({
    commit,
    paths: [
      ...[...DIRECTORIES, `${TEAM_ROOTS_DIRECTORY}/${team}`].map(inRoot),
      ...AT_REPOSITORY_ROOT,
    ],
    targetDirectory: workspace.repositoryDirectory,
  });
  await workspace.finishCheckout();
  return {
    commit,
    exists,
    environments: environments.map(environment => ({
      ...environment,
      namespace: namespaceName(team, environment),
    })),
  };
}

function teamMode(mode: string): TeamCheckoutRecord['mode'] {
  if (mode === 'create' || mode === 'edit' || mode === 'remove') {
    return mode;
  }
  throw new InputError(
    `A request to ${mode} a team does not exist. Choose create, edit or remove.`,
  );
}

/** Checks that the owning group exists, and that neither the platform repository nor the catalog has the name of a new team. */
async function assertNameIsFree(
  { auth, catalog }: Dependencies,
  request: { team: string; group: string; exists: boolean },
) {
  const { team, group, exists } = request;
  // What the person may see must not decide what is free.
  const credentials = await auth.getOwnServiceCredentials();
  const owner = await catalog.getEntityByRef(`group:default/${group}`, {
    credentials,
  });
  if (!owner) {
    throw new NotFoundError(
      `The catalog has no group ${group}. Choose a group that exists.`,
    );
  }
  const kind = exists
    ? 'team'
    : await entityWithTeamName(catalog, request, { credentials });
  if (kind) {
    throw new ConflictError(
      `There is a ${kind} ${team} already. Choose another name.`,
    );
  }
}

/** The group that a request names was authorised; the one of the team decides. */
function assertOwner(
  { team, group }: { team: string; group: string },
  file: string,
  text: string | undefined,
) {
  if (text === undefined) {
    throw new NotFoundError(
      `The platform repository has no team ${team}. Check the name.`,
    );
  }
  const { tenant } = readTenant(file, text);
  const owner = tenant?.group ?? tenant?.name;
  if (owner !== group) {
    throw new NotAllowedError(
      `${group} does not own the team ${team}. Ask a member of the group that does, or the platform team.`,
    );
  }
}

/** A team with workloads would leave them behind without a namespace, and their cloud resources without an owner. */
async function assertEmpty(
  { config, forge, repository }: Dependencies,
  team: string,
  commit: string,
) {
  const at = (directory: string) =>
    repositoryPath(config.repository.rootDirectory, directory);
  const directory = at(`${WORKLOADS_DIRECTORY}/${team}`);
  const workloads = [
    ...(await repository.directories(commit, directory)).keys(),
  ];
  if (workloads.length > 0) {
    throw new ConflictError(
      `The team ${team} still has workloads: ${workloads.join(
        ', ',
      )}. Remove them first.`,
    );
  }
  const requested = (await listChangeRequests(forge)).find(
    ({ target }) => target.team === team && target.workload !== undefined,
  );
  if (requested) {
    throw new ConflictError(
      `A pull request for ${requested.target.workload} of ${team} is open: ${requested.pullRequest.url} - Merge or close it first.`,
    );
  }
}
