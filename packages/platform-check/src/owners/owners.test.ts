import { mkdir, readFile, symlink } from 'node:fs/promises';
import path from 'node:path';
import { failuresOf, TestRepository } from '../__testUtils__/TestRepository';
import { writeRendered } from '../plan/writeRendered';

const workload = 'infra/gitops/workloads/app-ml-team/feature-api';

describe('owners', () => {
  let repository: TestRepository;

  beforeEach(async () => {
    repository = await TestRepository.create();
  });

  afterEach(async () => {
    await repository.delete();
  });

  const install = () =>
    writeRendered({
      repository: repository.directory,
      rootDirectory: 'infra',
      install: true,
    });
  const codeowners = () =>
    readFile(path.join(repository.directory, 'CODEOWNERS'), 'utf8');

  it('are reported, and limit a team to its own files', async () => {
    await repository.edit(
      `${workload}/overlays/dev/replicas.yaml`,
      /replicas: \d+/,
      'replicas: 2',
    );
    await repository.write('infra/catalog/people.yaml', '');
    const report = await repository.check({ team: 'app-ml-team' });
    expect(report.owners).toEqual(['app-ml-team', 'platform']);
    expect(failuresOf(report)).toEqual([
      "infra/catalog/people.yaml: This belongs to the platform team. app-ml-team changes infra/gitops/workloads/app-ml-team/ and its workloads' files in infra/terraform/compositions/teams/app-ml-team/. Leave the file as it is, or ask its owner.",
    ]);
    expect(failuresOf(await repository.check())).toEqual([]);
    expect(
      failuresOf(await repository.check({ team: 'app-data-team' }))[1],
    ).toContain('This belongs to app-ml-team.');
  });

  it('are rendered to CODEOWNERS', async () => {
    await install();
    expect(await codeowners()).toBe(
      `# Rendered by yarn platform:render from platform.yaml and tenants/*/tenant.yaml: change those, and run it.
* @acme/platform-team
/infra/gitops/workloads/app-core-team/ @acme/app-core-team
/infra/terraform/compositions/teams/app-core-team/*/*.tf @acme/app-core-team
/infra/gitops/workloads/app-data-team/ @acme/app-data-team
/infra/terraform/compositions/teams/app-data-team/*/*.tf @acme/app-data-team
/infra/gitops/workloads/app-ml-team/ @acme/app-ml-team
/infra/terraform/compositions/teams/app-ml-team/*/*.tf @acme/app-ml-team
/infra/terraform/compositions/teams/*/*/backend.tf @acme/platform-team
/infra/terraform/compositions/teams/*/*/main.tf @acme/platform-team
/infra/terraform/compositions/teams/*/*/override.tf @acme/platform-team
/infra/terraform/compositions/teams/*/*/providers.tf @acme/platform-team
/infra/terraform/compositions/teams/*/*/versions.tf @acme/platform-team
`,
    );
    expect(failuresOf(await repository.check())).toEqual([]);

    await repository.write(
      'infra/gitops/tenants/app-new-team/tenant.yaml',
      `name: app-new-team
group: new-people
title: New team
description: Something new
environments:
  dev: { tier: small }
queue: { cpu: 4, memory: 16Gi, gpus: 0 }
`,
    );
    expect(failuresOf(await repository.check())).toContain(
      'CODEOWNERS: This file differs from the plan. Run yarn platform:render, and commit what it writes.',
    );
    await install();
    expect(await codeowners()).toContain(
      '/infra/gitops/workloads/app-new-team/ @acme/new-people',
    );
    await repository.remove('.github/workflows/platform.yaml');
    expect(failuresOf(await repository.check())).toContain(
      '.github/workflows/platform.yaml: This file is missing. Run yarn platform:render, and commit what it writes.',
    );
  });

  it('are written as regular expressions of whole paths for Gitea', async () => {
    await repository.edit('infra/platform.yaml', 'type: github', 'type: gitea');
    await install();
    const rules = (await codeowners())
      .split('\n')
      .filter(line => line && !line.startsWith('#'))
      .map(line => line.split(' '));
    const ownersOf = (file: string) => [
      ...new Set(
        rules
          .filter(([rule]) => {
            const negative = rule.startsWith('!');
            // The file escapes backslashes.
            const pattern = rule
              .slice(negative ? 1 : 0)
              .replaceAll('\\\\', '\\');
            return new RegExp(`^${pattern}$`).test(file) !== negative;
          })
          .map(([, owner]) => owner),
      ),
    ];
    expect(ownersOf(`${workload}/overlays/dev/base/service.yaml`)).toEqual([
      '@acme/app-ml-team',
    ]);
    expect(
      ownersOf(
        'infra/terraform/compositions/teams/app-ml-team/dev/feature-api.tf',
      ),
    ).toEqual(['@acme/app-ml-team']);
    expect(
      ownersOf(
        'infra/terraform/compositions/teams/app-ml-team/dev/versions.tf',
      ),
    ).toContain('@acme/platform-team');
    expect(ownersOf('infra/gitops/policies/exact-images.yaml')).toEqual([
      '@acme/platform-team',
    ]);
    expect(ownersOf('.github/workflows/platform.yaml')).toEqual([
      '@acme/platform-team',
    ]);
  });

  it('get a problem for a link, which could point to files of others', async () => {
    await symlink(
      '/etc/passwd',
      path.join(repository.directory, 'infra/catalog/link.yaml'),
    );
    expect(failuresOf(await repository.check())).toEqual([
      'infra/catalog/link.yaml: This is a symbolic link, which could lead anywhere. Replace it with a file.',
    ]);
  });

  it('get a problem for what Git acts on, and for a submodule', async () => {
    const team = 'infra/gitops/workloads/app-ml-team';
    await repository.write(`${team}/.gitattributes`, '* -diff\n');
    await repository.write(`${team}/README.md`, 'Ours\n');
    await repository.remove('infra/README.md');
    await repository.write('infra/README.md/x.md', 'Now a directory\n');
    await mkdir(path.join(repository.directory, team, 'churn/sub'));
    repository.git(
      'update-index',
      '--add',
      '--cacheinfo',
      `160000,${'a'.repeat(40)},${team}/churn/sub`,
    );
    expect(failuresOf(await repository.check())).toEqual([
      `${team}/churn/sub: This is another repository (a submodule), which nobody reviews here. Replace it with files.`,
      expect.stringContaining(
        `${team}/.gitattributes: Git and the forge act on names that start with ".git"`,
      ),
    ]);
  });

  it('of a workload are not those of the files that Terraform reads for the platform', async () => {
    await repository.write(
      'infra/terraform/compositions/teams/app-ml-team/dev/backend.tf',
      'terraform {}\n',
    );
    expect((await repository.check()).owners).toEqual(['platform']);
  });
});
