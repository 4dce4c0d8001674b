import type { FileChange } from '@internal/plugin-ml-platform-node';
import {
  startTestForge,
  type TestForge,
} from '@internal/plugin-ml-platform-node/testing-forge';
import { component } from './__testUtils__/catalogInfo';
import { FollowedProvider, problemsOf } from './__testUtils__/FollowedProvider';

// Starts the sandbox's forge, runs Git, and generates large files.
jest.setTimeout(240_000);

const MIB = 1024 * 1024;
const workloads = 'infra/gitops/workloads';
const hostile = `${workloads}/app-data-team`;
const author = { name: 'Mallory', email: 'mallory@example.com' };
const api = (name: string, definition: string) =>
  `---\napiVersion: backstage.io/v1alpha1\nkind: API\nmetadata: { name: ${name} }\nspec: { type: openapi, lifecycle: production, definition: ${definition} }\n`;

/** Lists in lists, each alias ten times the one before. */
const bomb = [
  'a: &a [x,x,x,x,x,x,x,x,x,x]',
  ...[...'bcdefghi'].map(
    (key, index) =>
      `${key}: &${key} [${Array(10).fill(`*${'abcdefghi'[index]}`)}]`,
  ),
].join('\n');

describe('the catalog and a team that merges hostile files', () => {
  let forge: TestForge;
  let repository: Awaited<
    ReturnType<TestForge['openRepository']>
  >['repository'];
  let start: string;

  beforeAll(async () => {
    forge = await startTestForge({
      [`${workloads}/app-ml-team/scorer/catalog-info.yaml`]:
        component('scorer'),
      [`${hostile}/api/catalog-info.yaml`]: component('api'),
    });
    ({ repository } = await forge.openRepository());
    start = await repository.head();
  });

  afterAll(async () => {
    await forge.stop();
  });

  /** Starts a provider that follows commits of the test. */
  async function startProvider() {
    const read = jest.spyOn(repository, 'readLimited');
    const list = jest.spyOn(repository, 'entries');
    const provider = await FollowedProvider.start(repository, start);
    return {
      logger: provider.logger,
      read,
      list,
      follow: (commit: string) => provider.follow(commit),
      /** Entities of the last mutation by kind and name, with the problems of their files. */
      entities(): Record<string, string[]> {
        return Object.fromEntries(
          provider
            .entities()
            .map(entity => [
              `${entity.kind}:${entity.metadata.name}`,
              problemsOf(entity).map(({ message }) =>
                message.replace(/ Since commit .*/, ''),
              ),
            ]),
        );
      },
    };
  }

  const merge = (files: Record<string, string>, base = start) =>
    repository.commit({
      base,
      changes: Object.entries(files).map(
        ([path, content]): FileChange => ({
          path,
          content: Buffer.from(content),
        }),
      ),
      message: 'Merge',
      author,
    });

  it('reads no file of 2, 14 or 70 MB, and no alias bomb, and shows the other entities', async () => {
    const provider = await startProvider();
    const files = {
      two: `${component('two')}${'  k: &a [1]\n'.repeat((2 * MIB) / 12)}`,
      fourteen: `a: ${'['.repeat(14 * MIB)}`,
      seventy: '- &a x\n'.repeat(10 * MIB),
      bomb: `${component('bomb')}---\n${bomb}`,
    };
    const commit = await merge({
      ...Object.fromEntries(
        Object.entries(files).flatMap(([name, content]) => [
          [`${hostile}/${name}/catalog-info.yaml`, content],
          [`${hostile}/${name}/overlays/dev/x.yaml`, ''],
        ]),
      ),
      [`${hostile}/included/big.txt`]: 'x'.repeat(70 * MIB),
      [`${hostile}/included/catalog-info.yaml`]: component('included').concat(
        api('included-rest', '{ $text: big.txt }'),
      ),
    });
    await provider.follow(commit);
    const results = await Promise.all(
      provider.read.mock.results.map(({ value }) => value),
    );
    const read = results.flatMap(contents => [...contents.values()]);
    expect(
      read.filter(content => Buffer.isBuffer(content) && content.length > MIB),
    ).toEqual([]);
    const entities = provider.entities();
    expect(entities['Component:scorer']).toEqual([]);
    expect(entities['Component:api']).toEqual([]);
    expect(entities['API:included-rest']).toBeUndefined();
    for (const name of ['two', 'fourteen', 'seventy'] as const) {
      expect(entities[`Component:${name}`]).toContain(
        `${hostile}/${name}/catalog-info.yaml: The file has ${files[name].length} bytes; the limit is 262144. Move long definitions into files of their own, and name them with "$text".`,
      );
    }
    expect(entities['Component:bomb']).toContainEqual(
      expect.stringMatching(
        /, line 10: This YAML cannot be read: Excessive alias count/,
      ),
    );
    expect(entities['Component:included']).toContainEqual(
      expect.stringContaining(
        `"$text: big.txt" has ${
          70 * MIB
        } bytes; the limit is 1048576. Make the file smaller.`,
      ),
    );
  });

  it('shows 500 of 1,000 workloads, says so, and shows all of the other team', async () => {
    const provider = await startProvider();
    const name = (index: number) => `w${String(index).padStart(5, '0')}`;
    const commit = await merge(
      Object.fromEntries(
        Array.from({ length: 1_000 }, (_, index) => [
          `${hostile}/${name(index)}/catalog-info.yaml`,
          component(name(index)),
        ]),
      ),
    );
    await provider.follow(commit);
    const entities = provider.entities();
    expect(Object.keys(entities)).toHaveLength(501);
    expect(entities['Component:scorer']).toEqual([]);
    expect(entities['Component:api']).toEqual([
      'app-data-team has more than 500 workloads, and the portal shows no more of one team: w00499 and those after it are left out of the catalog. Remove some workloads, or make their files smaller.',
    ]);
    // A commit of another team reads nothing of this one again.
    provider.list.mockClear();
    await provider.follow(
      await merge(
        {
          [`${workloads}/app-ml-team/second/catalog-info.yaml`]:
            component('second'),
        },
        commit,
      ),
    );
    expect(Object.keys(provider.entities())).toHaveLength(502);
    expect(provider.list.mock.calls.map(([, directory]) => directory)).toEqual([
      `${workloads}/app-ml-team`,
    ]);
  });

  it('keeps what it showed of a team that cannot be read, and follows the others', async () => {
    const provider = await startProvider();
    provider.list.mockImplementation(async (_, directory) => {
      if (directory === hostile) {
        throw new Error('git printed more than 16777216 bytes');
      }
      return new Map([[`${directory}/new/catalog-info.yaml`, 'id']]);
    });
    provider.read.mockResolvedValue(
      new Map([
        [
          `${workloads}/app-ml-team/new/catalog-info.yaml`,
          Buffer.from(component('new')),
        ],
      ]),
    );
    await provider.follow(
      await merge({
        [`${hostile}/other/catalog-info.yaml`]: component('other'),
        [`${workloads}/app-ml-team/new/catalog-info.yaml`]: component('new'),
      }),
    );
    expect(provider.entities()).toEqual({
      'Component:api': [],
      'Component:new': [],
    });
    expect(provider.logger.warn).toHaveBeenCalledWith(
      `${hostile} cannot be read: Error: git printed more than 16777216 bytes`,
    );
    provider.list.mockRestore();
    provider.read.mockRestore();
  });
});
