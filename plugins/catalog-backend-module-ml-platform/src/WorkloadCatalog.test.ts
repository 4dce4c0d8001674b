import type { FileChange } from '@internal/plugin-ml-platform-node';
import {
  startTestForge,
  type TestForge,
} from '@internal/plugin-ml-platform-node/testing-forge';
import { component } from './__testUtils__/catalogInfo';
import { TeamShare } from './TeamShare';
import { WorkloadCatalog } from './WorkloadCatalog';

const directory = 'infra/gitops/workloads/app-ml-team/a';
const location = {
  team: 'app-ml-team',
  workload: 'a',
  path: `${directory}/catalog-info.yaml`,
};
const api = (definition: string) =>
  `---\napiVersion: backstage.io/v1alpha1\nkind: API\nmetadata: { name: a-rest }\nspec: { type: openapi, lifecycle: production, definition: ${definition} }\n`;
const author = { name: 'Ada', email: 'ada@example.com' };

describe('WorkloadCatalog', () => {
  let forge: TestForge;
  let repository: Awaited<
    ReturnType<TestForge['openRepository']>
  >['repository'];
  let start: string;
  let commit: string;

  beforeAll(async () => {
    forge = await startTestForge({
      [location.path]: component('a').concat(api('one')),
      [`${directory}/openapi.yaml`]: 'openapi: 3.0.3\n',
    });
    ({ repository } = await forge.openRepository());
    start = await repository.head();
  });

  beforeEach(() => {
    commit = start;
  });

  afterAll(async () => {
    await forge.stop();
  });

  async function change(...changes: FileChange[]): Promise<string> {
    commit = await repository.commit({
      base: commit,
      changes,
      message: `Change ${changes.length}`,
      author,
    });
    return commit.slice(0, 7);
  }

  const write = (content: string) =>
    change({ path: location.path, content: Buffer.from(content) });

  /** Reads with a new catalog, as after a restart. */
  async function read(
    source: ConstructorParameters<
      typeof WorkloadCatalog
    >[0]['repository'] = repository,
  ) {
    const content = (await repository.read(commit, [location.path])).get(
      location.path,
    );
    const { entities, status } = await new WorkloadCatalog({
      repository: source,
    }).read({
      commit,
      location,
      file: content && { id: 'current', content },
      deployed: true,
      share: new TeamShare(),
    });
    return {
      entities: entities.map(
        ({ kind, metadata, spec }) =>
          `${kind} ${metadata.name} ${spec?.definition ?? spec?.type}`,
      ),
      status: status.map(({ level, message }) =>
        `${level}: ${message}`
          .replaceAll(location.path, 'FILE')
          .replace(/ of \d{4}-\d\d-\d\d/g, ''),
      ),
    };
  }

  it('says nothing about a valid file', async () => {
    expect(await read()).toEqual({
      entities: ['Component a service', 'API a-rest one'],
      status: [],
    });
  });

  it('keeps the last good Component, and dates the problem by the first commit that has it', async () => {
    const good = await write(component('a').replace('service', 'website'));
    const since = await write(
      component('a').replace('spec:', '  tags: [A]\nspec:'),
    );
    await write(
      component('a').replace('spec:', '  tags: [A]\n  title: t\nspec:'),
    );
    expect(await read()).toEqual({
      entities: ['Component a website'],
      status: [
        `error: This page shows the Component as commit ${good} defined it until the file is fixed.`,
        `error: FILE, line 6: Component a: metadata.tags.0 must be a string that is sequences of [a-z0-9+#] separated by [-], at most 63 characters in total (got "A"). Since commit ${since}.`,
      ],
    });
    await write(component('a'));
    expect(await read()).toEqual({
      entities: ['Component a service'],
      status: [],
    });
  });

  it('keeps the last good API, and leaves out what was never valid', async () => {
    const first = start.slice(0, 7);
    const since = await write(component('a').concat(api('{ $text: no.yaml }')));
    expect(await read()).toEqual({
      entities: ['Component a service', 'API a-rest one'],
      status: [
        `error: API a-rest is shown as commit ${first} defined it until the file is fixed.`,
        `error: FILE, line 13: API a-rest: "$text: no.yaml" is not a file of the platform repository. Add the file, or correct the path, which is relative to catalog-info.yaml. Since commit ${since}.`,
      ],
    });
    await write(component('a').concat(api('[]').replace('a-rest', 'a-new')));
    const { entities, status } = await read();
    expect(entities).toEqual(['Component a service']);
    expect(status[0]).toBe(
      'error: api:default/a-new is left out of the catalog until the file is fixed.',
    );
  });

  it('keeps all entities while the file is not YAML', async () => {
    await write('a: [');
    expect((await read()).entities).toEqual([
      'Component a service',
      'API a-rest one',
    ]);
  });

  it('keeps the Component of a deleted file while it is deployed', async () => {
    const first = start.slice(0, 7);
    await write('a: [');
    const deleted = await change({ path: location.path, deleted: true });
    const expected = {
      entities: ['Component a service', 'API a-rest one'],
      status: [
        `error: FILE was deleted in commit ${deleted}, and the workload is still deployed. Add the file again, or delete the overlays too.`,
        `error: This page shows the Component as commit ${first} defined it.`,
        `error: API a-rest is shown as commit ${first} defined it.`,
      ],
    };
    expect(await read()).toEqual(expected);
    // Later commits, and files that say nothing about the workload, change nothing.
    await change({ path: `${directory}/x`, content: Buffer.from('x') });
    expect(await read()).toEqual(expected);
  });

  it('keeps a Resource in the place of the Component', async () => {
    const resource = `apiVersion: backstage.io/v1alpha1
kind: Resource
metadata:
  name: a
spec:
  type: dataset
`;
    const good = await write(resource);
    expect(await read()).toEqual({
      entities: ['Resource a dataset'],
      status: [],
    });
    await write(resource.replace('type', 'tpye'));
    const { entities, status } = await read();
    expect(entities).toEqual(['Resource a dataset']);
    expect(status[0]).toBe(
      `error: This page shows the Resource as commit ${good} defined it until the file is fixed.`,
    );
    await change({ path: location.path, deleted: true });
    expect((await read()).entities).toEqual(['Resource a dataset']);
  });

  it('keeps the last good Component for 50 versions, and says when it no longer can', async () => {
    await write('a: [');
    const readAfter = (broken: number) => {
      const history = [...Array(broken).fill(commit), start].map(version => ({
        commit: version,
        date: '2026-11-20T00:00:00Z',
      }));
      return read({
        fileHistory: async ({ limit }) => history.slice(0, limit),
        readLimited: options => repository.readLimited(options),
      });
    };
    expect((await readAfter(49)).entities[0]).toBe('Component a service');
    const { entities, status } = await readAfter(50);
    expect(entities).toEqual(['Component a unknown']);
    expect(status).toContain(
      'error: None of the last 50 versions of the file defines this Component, so this page shows only what the path of the file says.',
    );
  });

  it('reads placeholders, and keeps their content when the file goes', async () => {
    const good = await write(
      component('a').concat(api('{ $text: openapi.yaml }')),
    );
    const entities = ['Component a service', 'API a-rest openapi: 3.0.3\n'];
    expect(await read()).toEqual({ entities, status: [] });
    await change({ path: `${directory}/openapi.yaml`, deleted: true });
    const broken = await read();
    expect(broken.entities).toEqual(entities);
    expect(broken.status).toEqual([
      `error: API a-rest is shown as commit ${good} defined it until the file is fixed.`,
      expect.stringMatching(
        /"\$text: openapi.yaml" is not a file .* relative to catalog-info.yaml\.$/,
      ),
    ]);
  });

  it('shows what the path says when no version is valid, and only what is deployed', async () => {
    const other = {
      ...location,
      path: location.path.replace('/a/', '/b/'),
      workload: 'b',
    };
    await change({ path: other.path, content: Buffer.from('a: [') });
    const catalog = new WorkloadCatalog({ repository });
    const share = new TeamShare();
    const file = { id: 'broken', content: Buffer.from('a: [') };
    const options = { commit, location: other, file, share };
    expect(await catalog.read({ ...options, deployed: true })).toMatchObject({
      entities: [{ kind: 'Component', metadata: { name: 'b' } }],
    });
    expect(await catalog.read({ ...options, deployed: false })).toMatchObject({
      entities: [],
    });
    expect(
      await catalog.read({
        commit: start,
        location: other,
        deployed: true,
        share,
      }),
    ).toEqual({ entities: [], status: [] });
  });

  it('tells of documents that it ignores', async () => {
    const since = await write(component('a').concat('---\nkind: Location\n'));
    expect(await read()).toEqual({
      entities: ['Component a service'],
      status: [
        `warning: FILE, line 10: Location is ignored: a workload defines Components, APIs and Resources only. Other kinds belong to the platform. Since commit ${since}.`,
      ],
    });
  });
});
