import { TestRepository } from './__testUtils__/TestRepository';
import { affectedRoots } from './affectedRoots';

const roots = 'infra/terraform/compositions/teams';

describe('Terraform roots', () => {
  let repository: TestRepository;

  beforeEach(async () => {
    repository = await TestRepository.create();
  });

  afterEach(async () => {
    await repository.delete();
  });

  const affected = () =>
    affectedRoots({
      repository: repository.directory,
      rootDirectory: 'infra',
      base: 'HEAD',
    });
  const dev = { root: `${roots}/app-ml-team/dev`, name: 'app-ml-team--dev' };

  it('are planned and applied if a workload file changes', async () => {
    await repository.edit(`${dev.root}/feature-api.tf`, 'true', 'false');
    expect(await affected()).toEqual({ apply: [dev], plan: [dev] });
  });

  it('are applied, but not planned in pull requests, if files change that can run programs', async () => {
    await repository.edit(`${dev.root}/versions.tf`, /$/, '\n');
    expect(await affected()).toEqual({ apply: [dev], plan: [] });
  });

  it('are affected by the modules that they call', async () => {
    await repository.edit(
      'infra/terraform/platform/workload/main.tf',
      /$/,
      '\n',
    );
    const { apply, plan } = await affected();
    expect(apply).toHaveLength(8);
    expect(apply).toContainEqual(dev);
    expect(plan).toEqual([]);
  });

  it('are not affected by anything else', async () => {
    await repository.write('infra/catalog/people.yaml', '');
    expect(await affected()).toEqual({ apply: [], plan: [] });
  });
});
