import { mockServices } from '@backstage/backend-test-utils';
import {
  startTestForge,
  type TestForge,
} from '@internal/plugin-ml-platform-node/testing-forge';
import { component } from './__testUtils__/catalogInfo';
import { PlatformEntityProvider } from './PlatformEntityProvider';

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
    const logger = mockServices.logger.mock();
    const applyMutation = jest.fn();
    let head = heads[0];
    let poll = async () => {};
    await new PlatformEntityProvider({
      repository: {
        branch: repository.branch,
        contains: options => repository.contains(options),
        head: async () => head,
        directories: (...options) => repository.directories(...options),
        entries: (...options) => repository.entries(...options),
        fileHistory: options => repository.fileHistory(options),
        readLimited: options => repository.readLimited(options),
      },
      forge: { fileUrl: ({ path }) => `https://forge.example.com/${path}` },
      environments: [],
      rootDirectory: 'infra',
      events: { publish: async () => {}, subscribe: async () => {} },
      schedule: {
        run: async ({ fn }) => {
          poll = async () => fn(new AbortController().signal);
        },
      },
      logger,
    }).connect({ applyMutation, refresh: async () => {} });
    for (head of heads) {
      await poll();
    }
    const { entities } = applyMutation.mock.lastCall[0] as {
      entities: Array<{
        entity: {
          kind: string;
          metadata: { name: string; annotations: Record<string, string> };
          spec: { owner: string };
        };
      }>;
    };
    return {
      warnings: logger.warn.mock.calls.map(([message]) => String(message)),
      owners: Object.fromEntries(
        entities.map(({ entity: { kind, metadata, spec } }) => [
          `${kind}:${metadata.name}`,
          spec.owner,
        ]),
      ),
      problems: Object.fromEntries(
        entities.map(({ entity: { metadata } }) => [
          metadata.name,
          JSON.parse(
            metadata.annotations['ml-platform.io/catalog-file-problems'] ??
              '[]',
          ),
        ]),
      ),
    };
  }

  const ML = 'group:default/app-ml-team';
  const DATA = 'group:default/app-data-team';

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
