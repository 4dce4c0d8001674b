import {
  startTestForge,
  type TestForge,
} from '@internal/plugin-ml-platform-node/testing-forge';
import { component } from './__testUtils__/catalogInfo';
import { FollowedProvider, problemsOf } from './__testUtils__/FollowedProvider';

// Starts the sandbox's forge, and runs Git.
jest.setTimeout(120_000);

const workloads = 'infra/gitops/workloads';
const author = { name: 'Mallory', email: 'mallory@example.com' };
const victim = `${workloads}/app-ml-team/scorer/catalog-info.yaml`;
/** Comes first in the alphabet, and in each round of the provider. */
const squatter = `${workloads}/app-data-team/scorer/catalog-info.yaml`;
const worker = `${component('scorer')}---${component('scorer-worker')}`;

describe('a name that two teams merged', () => {
  let forge: TestForge;
  let repository: Awaited<
    ReturnType<TestForge['openRepository']>
  >['repository'];
  let start: string;

  beforeAll(async () => {
    forge = await startTestForge({ [victim]: component('scorer') });
    ({ repository } = await forge.openRepository());
    start = await repository.head();
  });
  afterAll(() => forge.stop());

  /** Commits files in turn, on top of each other; undefined deletes one. @returns the last commit. */
  async function merge(
    ...commits: Array<Record<string, string | undefined>>
  ): Promise<string> {
    let base = start;
    for (const files of commits) {
      base = await repository.commit({
        base,
        changes: Object.entries(files).map(([path, content]) =>
          content === undefined
            ? { path, deleted: true }
            : { path, content: Buffer.from(content) },
        ),
        message: 'Merge',
        author,
      });
    }
    return base;
  }

  /** Starts a portal, which reads commits in turn. @returns the owner and the problems of each entity at the last. */
  async function readInTurn(...heads: string[]) {
    const [first, ...later] = heads;
    const provider = await FollowedProvider.start(repository, first);
    for (const head of later) {
      await provider.follow(head);
    }
    const entities = provider.entities();
    return {
      warnings: provider.logger.warn.mock.calls.map(([message]) =>
        String(message),
      ),
      owners: Object.fromEntries(
        entities.map(({ kind, metadata, spec }) => [
          `${kind}:${metadata.name}`,
          spec.owner,
        ]),
      ),
      problems: Object.fromEntries(
        entities.map(entity => [entity.metadata.name, problemsOf(entity)]),
      ),
    };
  }

  const ML = 'group:default/app-ml-team';
  const DATA = 'group:default/app-data-team';

  it('has the problems of its file on its page, also when that is of a Resource', async () => {
    const resource = component('churn').replace(
      'kind: Component',
      'kind: Resource',
    );
    const head = await merge({
      [`${workloads}/app-ml-team/churn/catalog-info.yaml`]: `${resource}---\nkind: Nonsense\n`,
    });
    const { owners, problems } = await readInTurn(head);
    expect(owners).toHaveProperty(['Resource:churn']);
    expect(problems.churn).toEqual([
      { level: 'warning', message: expect.stringContaining('Nonsense') },
    ]);
  });

  it('stays with the team that had it, and the portal says so, after a restart too', async () => {
    const squatted = await merge(
      { [squatter]: component('scorer') },
      { [victim]: component('scorer', '  system: scoring\n') },
    );
    for (const heads of [[start, squatted], [squatted]]) {
      const { owners, problems, warnings } = await readInTurn(...heads);
      expect(owners).toEqual({ 'Component:scorer': ML });
      const message =
        'Component scorer of app-data-team/scorer is left out of the catalog: app-ml-team/scorer had an entity of that name before. Choose another name.';
      expect(problems.scorer).toEqual([{ level: 'warning', message }]);
      expect(warnings).toContain(`app-ml-team/scorer: ${message}`);
    }
  });

  it('stays with an entity beside the Component, although the newcomer has a directory of the name', async () => {
    const squatted = await merge(
      { [victim]: worker },
      {
        [`${workloads}/app-data-team/scorer-worker/catalog-info.yaml`]:
          component('scorer-worker'),
      },
    );
    const { owners } = await readInTurn(squatted);
    expect(owners['Component:scorer-worker']).toBe(ML);
  });

  it('is not older for a file that was broken, or defined something else, before', async () => {
    const old = `${workloads}/app-data-team/scorer-worker/catalog-info.yaml`;
    for (const before of ['a: [', component('scorer-worker-other')]) {
      const squatted = await merge(
        { [old]: before },
        { [victim]: worker },
        { [old]: component('scorer-worker') },
      );
      const { owners } = await readInTurn(squatted);
      expect(owners['Component:scorer-worker']).toBe(ML);
    }
  });

  it('goes to the next team once the first gives it up, and stays there', async () => {
    const moved = await merge(
      { [squatter]: component('scorer') },
      { [victim]: undefined },
      { [victim]: component('scorer') },
    );
    expect((await readInTurn(moved)).owners).toEqual({
      'Component:scorer': DATA,
    });
  });
});
