import {
  teamNameProblem,
  TENANTS_DIRECTORY,
} from '@internal/plugin-ml-platform-common';
import {
  parsePlanFile,
  type PlanFile,
  type PlanProblem,
} from './parsePlanFile';
import {
  platformSchema,
  tenantSchema,
  type PlatformFile,
  type TenantFile,
} from './planSchema';
import type { PlatformFiles } from './PlatformFiles';

export const PLATFORM_FILE = 'platform.yaml';
const TENANT_FILE = 'tenant.yaml';

export type PlannedEnvironment = PlatformFile['environments'][number];
export type PlannedTenant = TenantFile & {
  group: string;
  /** True when `tenant.yaml` names the group: the catalog has it from elsewhere. */
  groupExists: boolean;
};

/** The plan of the platform: `platform.yaml` and the `tenant.yaml` of each team. */
export interface Plan extends PlatformFile {
  /** Clone URL of the repository. */
  repositoryUrl: string;
  /** Sorted by name. */
  tenants: PlannedTenant[];
}

/** Reads the plan from the files of a repository. Without a plan there is at least one problem. */
export function readPlan(
  files: PlatformFiles,
):
  | { plan: Plan; problems: [] }
  | { plan?: undefined; problems: PlanProblem[] } {
  const text = files.get(PLATFORM_FILE);
  const path = files.pathOf(PLATFORM_FILE);
  if (text === undefined) {
    return { problems: [{ path, line: 1, text: 'This file is missing.' }] };
  }
  const platform = parsePlanFile(path, text, platformSchema);
  const tenants = readTenants(files);
  const takenNamespaces = platformNamespaces(files);
  const problems = [
    ...platform.problems,
    ...(platform.file ? platformProblems(platform.file, files) : []),
    ...tenants.problems,
    ...tenants.files.flatMap(({ directory, file }) =>
      tenantProblems(file, {
        directory,
        files,
        platform: platform.file?.value,
        takenNamespaces,
      }),
    ),
  ];
  if (!platform.file || problems.length > 0) {
    return { problems };
  }
  const { value } = platform.file;
  return {
    plan: {
      ...value,
      repositoryUrl: `${value.repository.server}/${value.organization}/${value.repository.name}.git`,
      tenants: tenants.files.map(({ file }) => ({
        ...file.value,
        group: file.value.group ?? file.value.name,
        groupExists: file.value.group !== undefined,
      })),
    },
    problems: [],
  };
}

function readTenants(files: PlatformFiles) {
  const read = files.directoriesIn(TENANTS_DIRECTORY).map(directory => {
    const name = `${TENANTS_DIRECTORY}/${directory}/${TENANT_FILE}`;
    const text = files.get(name);
    const path = files.pathOf(name);
    return text === undefined
      ? {
          directory,
          problems: [
            {
              path,
              line: 1,
              text: `This file is missing: every directory of ${files.pathOf(
                TENANTS_DIRECTORY,
              )} is a team.`,
            },
          ],
        }
      : { directory, ...parsePlanFile(path, text, tenantSchema) };
  });
  return {
    files: read.flatMap(({ directory, ...parsed }) =>
      'file' in parsed && parsed.file ? [{ directory, file: parsed.file }] : [],
    ),
    problems: read.flatMap(({ problems }) => problems),
  };
}

function platformProblems(
  file: PlanFile<PlatformFile>,
  files: PlatformFiles,
): PlanProblem[] {
  const { aws, clusters, environments, rehearsals, repository } = file.value;
  const problems: PlanProblem[] = [];
  if (repository.root !== files.rootDirectory) {
    problems.push(
      file.problem(
        ['repository', 'root'],
        `This file is in "${files.rootDirectory}". Write that directory.`,
      ),
    );
  }
  const names = new Set<string>();
  const namespaces = new Set<string>();
  environments.forEach(({ name, cluster, namespaceSuffix }, index) => {
    const field = ['environments', index];
    if (names.has(name)) {
      problems.push(
        file.problem([...field, 'name'], `"${name}" is there twice.`),
      );
    }
    names.add(name);
    // Also on two clusters: the cluster of an environment can change, and rehearsals have all of them.
    if (namespaces.has(namespaceSuffix)) {
      problems.push(
        file.problem(
          [...field, 'namespaceSuffix'],
          'Another environment has the same suffix, so that both would share their namespaces.',
        ),
      );
    }
    namespaces.add(namespaceSuffix);
    if (!clusters.some(each => each.name === cluster)) {
      problems.push(
        file.problem(
          [...field, 'cluster'],
          `There is no cluster "${cluster}" in clusters.`,
        ),
      );
    }
  });
  const taken = new Set(['argocd']);
  for (const list of ['clusters', 'rehearsals'] as const) {
    file.value[list].forEach(({ name, addOns }, index) => {
      if (taken.has(name)) {
        problems.push(
          file.problem([list, index, 'name'], `"${name}" is taken.`),
        );
      }
      taken.add(name);
      addOns.forEach((addOn, at) => {
        if (!files.has(`gitops/platform/${addOn}/`)) {
          problems.push(
            file.problem(
              [list, index, 'addOns', at],
              `There is no directory ${files.pathOf(
                `gitops/platform/${addOn}`,
              )}.`,
            ),
          );
        }
      });
    });
  }
  const settings = [
    ...clusters.filter(({ name }) =>
      environments.some(({ cluster }) => cluster === name),
    ),
    ...rehearsals.filter(({ type }) => type === 'kind'),
  ].map(({ name }) => `terraform/compositions/data-platform/${name}.tfvars`);
  for (const name of aws ? settings : []) {
    if (!files.has(name)) {
      problems.push(
        file.problem(
          ['clusters'],
          `Write the sizes of the cluster in ${files.pathOf(name)} first.`,
        ),
      );
    }
  }
  return problems;
}

function tenantProblems(
  file: PlanFile<TenantFile>,
  context: {
    directory: string;
    files: PlatformFiles;
    platform: PlatformFile | undefined;
    takenNamespaces: Set<string>;
  },
): PlanProblem[] {
  const { directory, files, platform, takenNamespaces } = context;
  const { name, environments } = file.value;
  const nameRule =
    name === directory
      ? teamNameProblem(name, platform?.environments ?? [])
      : `This is the directory of "${directory}". Write that name.`;
  const taken = (platform?.environments ?? [])
    .map(({ namespaceSuffix }) => `${name}${namespaceSuffix}`)
    .find(namespace => takenNamespaces.has(namespace));
  return [
    ...(nameRule ? [file.problem(['name'], nameRule)] : []),
    ...(taken && !nameRule
      ? [
          file.problem(
            ['name'],
            `The team would get the namespace ${taken}, whose name or host ${files.pathOf(
              'gitops/platform',
            )} uses. Choose another name.`,
          ),
        ]
      : []),
    ...Object.entries(environments).flatMap(([environment, { tier }]) => [
      ...(platform?.environments.every(each => each.name !== environment)
        ? [
            file.problem(
              ['environments', environment],
              `There is no environment "${environment}" in ${files.pathOf(
                PLATFORM_FILE,
              )}.`,
            ),
          ]
        : []),
      ...(files.has(`gitops/components/tier-${tier}/`)
        ? []
        : [
            file.problem(
              ['environments', environment, 'tier'],
              `There is no component ${files.pathOf(
                `gitops/components/tier-${tier}`,
              )}.`,
            ),
          ]),
    ]),
  ];
}

const NAMESPACE = /^\s*(?:- )?namespace:\s*["']?([a-z0-9-]+)/gm;

/** The end of hosts that Ingresses of a namespace may have, after its name. */
const HOST_ENDING = /^\s*\{namespace\}(\.\S+)/gm;

/** Namespaces that files of the add-ons name, and those that would have the hosts that these files name. */
function platformNamespaces(files: PlatformFiles): Set<string> {
  const parameters = files.get('gitops/policies/parameters.yaml') ?? '';
  const endings = [...parameters.matchAll(HOST_ENDING)].map(
    ([, ending]) => ending,
  );
  return new Set(
    files
      .below('gitops/platform')
      .filter(file => file.endsWith('.yaml'))
      .map(file => files.get(file) ?? '')
      .flatMap(text => [
        ...[...text.matchAll(NAMESPACE)].map(([, namespace]) => namespace),
        ...endings.flatMap(ending =>
          text
            .split(ending)
            .slice(0, -1)
            .flatMap(before => /[a-z0-9-]+$/.exec(before)?.[0] ?? []),
        ),
      ]),
  );
}
