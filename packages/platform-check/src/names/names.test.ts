import { failuresOf, TestRepository } from '../__testUtils__/TestRepository';

const workloads = 'infra/gitops/workloads';
const victim = `${workloads}/app-ml-team/feature-api`;
const squatter = `${workloads}/app-data-team/feature-api`;

const entity = (kind: string, name: string, type: string) =>
  `---\napiVersion: backstage.io/v1alpha1\nkind: ${kind}\nmetadata: { name: ${name} }\nspec: { type: ${type}, lifecycle: production${
    kind === 'API' ? ', definition: x' : ''
  } }\n`;

describe('names of workloads', () => {
  let repository: TestRepository;

  beforeEach(async () => {
    repository = await TestRepository.create();
  });
  afterEach(() => repository.delete());

  async function conflicts(options: { base?: string } = {}) {
    const failures = failuresOf(await repository.check(options));
    return failures.filter(text => text.includes(' in the catalog, which'));
  }
  const takes = (directory: string, owner: string, ref: string) =>
    `${directory}: ${owner} already has ${ref} in the catalog, which has one entity of a name for all teams. Choose another name.`;

  it('are unique across teams: a second directory of a name is refused', async () => {
    await repository.write(
      `${squatter}/catalog-info.yaml`,
      entity('Component', 'feature-api', 'service'),
    );
    expect(await conflicts()).toEqual([
      takes(
        squatter,
        'app-ml-team/feature-api',
        'component:default/feature-api',
      ),
    ]);

    // The directory takes the name, whatever its file says, and even without one.
    await repository.write(
      `${squatter}/catalog-info.yaml`,
      entity('Component', 'Feature-API', 'service'),
    );
    expect(await conflicts()).toHaveLength(1);
    await repository.remove(`${squatter}/catalog-info.yaml`);
    await repository.write(
      `${squatter}/runs/dev/job.yaml`,
      'apiVersion: batch/v1\nkind: Job\n',
    );
    expect(await conflicts()).toHaveLength(1);
  });

  it('include those of all entities that a file defines', async () => {
    const feature = `${workloads}/app-data-team/feature`;
    const file = `${feature}/catalog-info.yaml`;
    const own = entity('Component', 'feature', 'service');
    await repository.write(
      file,
      own + entity('Component', 'feature-api', 'service'),
    );
    expect(await conflicts()).toEqual([
      takes(
        feature,
        'app-ml-team/feature-api',
        'component:default/feature-api',
      ),
    ]);
    // The catalog ignores case, and an invalid document takes its name as soon as it is corrected.
    await repository.write(
      file,
      own +
        entity('API', 'feature-API-api', 'openapi').replace(
          'definition: x',
          '',
        ),
    );
    expect(await conflicts()).toEqual([
      takes(feature, 'app-ml-team/feature-api', 'api:default/feature-api-api'),
    ]);
  });

  it('stand in the file itself: a placeholder hides none', async () => {
    const feature = `${workloads}/app-data-team/feature`;
    await repository.write(`${feature}/name.txt`, 'feature-api');
    await repository.write(
      `${feature}/metadata.json`,
      '{"name":"feature-api"}',
    );
    const own = entity('Component', 'feature', 'service');
    const api = entity('API', 'feature-x', 'openapi');
    for (const [hidden, position] of [
      [
        'metadata: { name: { $text: name.txt } }',
        '"$text" cannot stand for metadata.name:',
      ],
      [
        'metadata: { $json: metadata.json }',
        '"$json" cannot stand for metadata:',
      ],
    ]) {
      await repository.write(
        `${feature}/catalog-info.yaml`,
        own + api.replace('metadata: { name: feature-x }', hidden),
      );
      expect(failuresOf(await repository.check())).toEqual([
        expect.stringContaining(position),
      ]);
    }
  });

  it('are free after a move, and stay with a change of those who have them', async () => {
    repository.git('mv', victim, squatter);
    await repository.edit(
      `${squatter}/catalog-info.yaml`,
      /description: .*/,
      'description: Moved',
    );
    expect(await conflicts()).toEqual([]);
    repository.git('reset', '--quiet', '--hard');

    // Merged without the check: the next change of either is not refused for it.
    await repository.write(
      `${squatter}/catalog-info.yaml`,
      entity('Component', 'feature-api', 'service'),
    );
    repository.commit();
    await repository.edit(
      `${victim}/catalog-info.yaml`,
      /description: .*/,
      'description: Changed',
    );
    expect(await conflicts()).toEqual([]);
  });

  it('are those of the base, too, if it has moved on', async () => {
    const name = (team: string) =>
      repository.write(
        `${workloads}/${team}/new-one/catalog-info.yaml`,
        entity('Component', 'new-one', 'service'),
      );
    repository.git('checkout', '--quiet', '-b', 'change');
    await name('app-data-team');
    repository.git('add', '--all');
    repository.git('commit', '--quiet', '--message=Change');
    repository.git('checkout', '--quiet', 'main');
    await name('app-ml-team');
    repository.commit();
    repository.git('checkout', '--quiet', 'change');
    expect(await conflicts({ base: 'main' })).toEqual([
      takes(
        `${workloads}/app-data-team/new-one`,
        'app-ml-team/new-one',
        'component:default/new-one',
      ),
    ]);
  });
});
