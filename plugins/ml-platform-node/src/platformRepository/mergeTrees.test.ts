import { startTestForge, type TestForge } from '../testing-forge';
import type { PlatformRepository } from './PlatformRepository';

const DIRECTORY = 'infra/gitops/workloads/app-ml-team/a/overlays/dev';

describe('merge of generated files', () => {
  let forge: TestForge;
  let repository: PlatformRepository;

  beforeAll(async () => {
    forge = await startTestForge({
      // Generated, and since then changed by hand: a port, a comment and a file of their own.
      [`${DIRECTORY}/deployment.yaml`]:
        'kind: Deployment\nimage: a:1\nmiddle: 1\nport: 9090 # by hand\n',
      [`${DIRECTORY}/service.yaml`]: 'kind: Service\nname: a\nport: 80\n',
      [`${DIRECTORY}/by-hand.yaml`]: 'kind: ConfigMap\n',
    });
    ({ repository } = await forge.openRepository());
  });
  afterAll(() => forge.stop());

  const recorded = files({
    'deployment.yaml': 'kind: Deployment\nimage: a:1\nmiddle: 1\nport: 8080\n',
    'service.yaml': 'kind: Service\nname: a\nport: 80\n',
  });

  async function merge(
    next: Record<string, string>,
    base: Map<string, Buffer> = recorded,
  ) {
    const { changes, conflicts } = await repository.merge({
      commit: await repository.head(),
      recorded: base,
      next: files(next),
    });
    return {
      changes: Object.fromEntries(
        changes.map(change => [
          change.path.slice(DIRECTORY.length + 1),
          'content' in change ? change.content.toString() : 'deleted',
        ]),
      ),
      conflicts,
    };
  }

  it('keeps what people changed, and what they added', async () => {
    expect(
      await merge({
        'deployment.yaml':
          'kind: Deployment\nimage: a:2\nmiddle: 1\nport: 8080\n',
        'service.yaml': 'kind: Service\nname: a\nport: 80\n',
        'quota.yaml': 'kind: Quota\n',
      }),
    ).toEqual({
      changes: {
        'deployment.yaml':
          'kind: Deployment\nimage: a:2\nmiddle: 1\nport: 9090 # by hand\n',
        'quota.yaml': 'kind: Quota\n',
      },
      conflicts: [],
    });
  });

  it('deletes, and follows renames with the changes of people', async () => {
    expect(
      await merge({
        'workload.yaml':
          'kind: Deployment\nimage: a:1\nmiddle: 1\nport: 8080\n',
      }),
    ).toEqual({
      changes: {
        'deployment.yaml': 'deleted',
        'service.yaml': 'deleted',
        'workload.yaml':
          'kind: Deployment\nimage: a:1\nmiddle: 1\nport: 9090 # by hand\n',
      },
      conflicts: [],
    });
  });

  it('names the lines of a conflict with both sides', async () => {
    expect(
      await merge({
        'deployment.yaml':
          'kind: Deployment\nimage: a:1\nmiddle: 1\nport: 7070\n',
        'service.yaml': 'kind: Service\nname: b\nport: 80\n',
      }),
    ).toEqual({
      changes: { 'service.yaml': 'kind: Service\nname: b\nport: 80\n' },
      conflicts: [
        {
          path: `${DIRECTORY}/deployment.yaml`,
          line: 4,
          current: 'port: 9090 # by hand\n',
          requested: 'port: 7070\n',
        },
      ],
    });
  });

  it('is in conflict where a file is deleted that people changed, or new where they have one', async () => {
    const deleted = await merge({});
    expect(deleted).toEqual({
      changes: { 'service.yaml': 'deleted' },
      conflicts: [{ path: `${DIRECTORY}/deployment.yaml` }],
    });
    const added = await merge({ 'by-hand.yaml': 'kind: Secret\n' }, new Map());
    expect(added).toMatchObject({
      changes: {},
      conflicts: [{ path: `${DIRECTORY}/by-hand.yaml`, line: 1 }],
    });
    const same = await merge(
      { 'by-hand.yaml': 'kind: ConfigMap\n' },
      new Map(),
    );
    expect(same).toEqual({ changes: {}, conflicts: [] });
  });

  it('is in conflict where a file would become a directory', async () => {
    const { conflicts } = await merge(
      { 'by-hand.yaml/a.yaml': 'kind: Secret\n' },
      new Map(),
    );
    expect(conflicts).toEqual([{ path: `${DIRECTORY}/by-hand.yaml` }]);
  });
});

function files(contents: Record<string, string>): Map<string, Buffer> {
  return new Map(
    Object.entries(contents).map(([name, text]) => [
      `${DIRECTORY}/${name}`,
      Buffer.from(text),
    ]),
  );
}
