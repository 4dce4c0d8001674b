import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { failuresOf, TestRepository } from '../__testUtils__/TestRepository';
import { writeRendered } from './writeRendered';

const PLAN = 'infra/platform.yaml';
const TENANT = 'infra/gitops/tenants/app-ml-team/tenant.yaml';

jest.setTimeout(600_000);

describe('the plan', () => {
  let repository: TestRepository;

  beforeEach(async () => {
    repository = await TestRepository.create();
  });

  afterEach(async () => {
    await repository.delete();
  });

  const render = () =>
    writeRendered({
      repository: repository.directory,
      rootDirectory: 'infra',
    });
  const read = (file: string) =>
    readFile(path.join(repository.directory, file), 'utf8');

  it('is what the repository contains', async () => {
    expect(failuresOf(await repository.check())).toEqual([]);
    expect(await render()).toEqual({ written: [], deleted: [] });
  });

  it('gets a problem for each rendered file that somebody changed, removed or left behind', async () => {
    const project = 'infra/gitops/tenants/app-ml-team/argocd/project.yaml';
    await repository.edit(project, 'app-ml-team-dev', 'app-core-team-dev');
    await repository.remove('infra/gitops/bootstrap/kind/root.yaml');
    await repository.edit(TENANT, / {2}uat: .*\n/, '');
    expect(failuresOf(await repository.check())).toEqual(
      expect.arrayContaining([
        `${project}: This file differs from the plan. Run yarn platform:render, and commit what it writes.`,
        'infra/gitops/bootstrap/kind/root.yaml: This file is missing. Run yarn platform:render, and commit what it writes.',
        'infra/gitops/tenants/app-ml-team/overlays/uat/kustomization.yaml: This file is no longer in the plan. Run yarn platform:render, and commit what it writes.',
      ]),
    );
    const { deleted } = await render();
    expect(deleted).toContain(
      'infra/terraform/compositions/teams/app-ml-team/uat/backend.tf',
    );
    expect(await read(project)).not.toContain('uat');
    expect(await read(project)).not.toContain('app-core-team');
  });

  it('has everything of a new team in one file', async () => {
    await repository.write(
      'infra/gitops/tenants/app-new-team/tenant.yaml',
      `name: app-new-team
title: New team
description: "Something: new"
environments:
  dev: { tier: small }
queue: { cpu: 4, memory: 16Gi, gpus: 0 }
`,
    );
    const { written } = await render();
    expect(written.sort()).toEqual([
      'infra/catalog/teams.yaml',
      'infra/gitops/bootstrap/argocd/kustomization.yaml',
      ...[
        'argocd/applicationset-dev.yaml',
        'argocd/kustomization.yaml',
        'argocd/project.yaml',
        'base/kustomization.yaml',
        'overlays/dev/kustomization.yaml',
        'queue/clusterqueue.yaml',
        'queue/kustomization.yaml',
      ].map(file => `infra/gitops/tenants/app-new-team/${file}`),
      'infra/terraform/compositions/data-platform/shared.plan.tfvars',
      ...['backend.tf', 'providers.tf', 'versions.tf'].map(
        file => `infra/terraform/compositions/teams/app-new-team/dev/${file}`,
      ),
    ]);
    expect(failuresOf(await repository.check())).toEqual([]);
  });

  it('gives no team a namespace or a host of the platform', async () => {
    const queue = 'infra/gitops/platform/kueue/objects/networkpolicy.yaml';
    await repository.edit(
      queue,
      /^metadata:\n/m,
      'metadata:\n  namespace: app-x-dev\n',
    );
    for (const name of ['ml-platform-policies', 'keda', 'app-x', 'mlflow']) {
      await repository.write(
        `infra/gitops/tenants/${name}/tenant.yaml`,
        `name: ${name}
title: New team
description: Something new
environments:
  prod: { tier: small }
queue: { cpu: 4, memory: 16Gi, gpus: 0 }
`,
      );
    }
    expect(failuresOf(await repository.check())).toEqual([
      expect.stringContaining(
        'app-x/tenant.yaml:1: name: The team would get the namespace app-x-dev, whose name or host infra/gitops/platform uses.',
      ),
      expect.stringContaining(
        'keda/tenant.yaml:1: name: "keda" is, or begins like, a namespace of the platform',
      ),
      expect.stringContaining(
        'ml-platform-policies/tenant.yaml:1: name: "ml-platform-policies" is, or begins like, a namespace of the platform',
      ),
      expect.stringContaining(
        'mlflow/tenant.yaml:1: name: The team would get the namespace mlflow, whose name or host infra/gitops/platform uses.',
      ),
    ]);
  });

  it.each<[string, string, string | RegExp, string, string[]]>([
    [
      'an unknown cluster',
      PLAN,
      'name: uat, cluster: shared',
      'name: uat, cluster: elsewhere',
      [
        `${PLAN}:22: environments[2].cluster: There is no cluster "elsewhere" in clusters.`,
      ],
    ],
    [
      'an unknown key',
      PLAN,
      'organization: acme',
      'organization: acme\norganisation: acme',
      [`${PLAN}:3: Unrecognized key: "organisation"`],
    ],
    [
      'another directory',
      PLAN,
      'root: infra',
      'root: platform',
      [
        `${PLAN}:8: repository.root: This file is in "infra". Write that directory.`,
      ],
    ],
    [
      'a suffix that would join two environments',
      PLAN,
      'namespaceSuffix: -uat',
      'namespaceSuffix: -dev',
      [
        `${PLAN}:22: environments[2].namespaceSuffix: Another environment has the same suffix, so that both would share their namespaces.`,
      ],
    ],
    [
      'an unknown tier',
      TENANT,
      'dev: { tier: small }',
      'dev: { tier: huge }',
      [
        `${TENANT}:6: environments.dev.tier: There is no component infra/gitops/components/tier-huge.`,
      ],
    ],
    [
      'the name of another team',
      TENANT,
      'name: app-ml-team',
      'name: app-core-team',
      [
        `${TENANT}:2: name: This is the directory of "app-ml-team". Write that name.`,
      ],
    ],
    [
      'text that would end a line',
      TENANT,
      'title: ML team',
      'title: "ML team\\nspec: {}"',
      [`${TENANT}:3: title: must be one line without quotes`],
    ],
    [
      'invalid YAML',
      TENANT,
      'title: ML team',
      'title: [ML',
      [
        `${TENANT}:4: Flow sequence in block collection must be sufficiently indented and end with a ]`,
      ],
    ],
  ])('is refused with %s', async (_, file, from, to, problems) => {
    await repository.edit(file, from, to);
    expect(failuresOf(await repository.check())).toEqual(
      expect.arrayContaining(
        problems.map(problem => expect.stringContaining(problem)),
      ),
    );
    await expect(render()).rejects.toThrow(
      'The plan is not valid. Nothing was written.',
    );
  });
});
