import { TestRepository } from './__testUtils__/TestRepository';
import { affectedRoots } from './terraformRoots';

const roots = 'infra/terraform/compositions/teams';

jest.setTimeout(120_000);

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

  it('are planned and applied where a file of a workload changes', async () => {
    await repository.edit(`${dev.root}/feature-api.tf`, 'true', 'false');
    expect(await affected()).toEqual({ apply: [dev], plan: [dev] });
  });

  it('are applied, but planned by no pull request, where something changes that could run programs', async () => {
    await repository.edit(`${dev.root}/versions.tf`, /$/, '\n');
    expect(await affected()).toEqual({ apply: [dev], plan: [] });
  });

  it('are affected by a module that they call', async () => {
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

  it('are left alone by everything else', async () => {
    await repository.write('infra/catalog/people.yaml', '');
    expect(await affected()).toEqual({ apply: [], plan: [] });
  });
});
