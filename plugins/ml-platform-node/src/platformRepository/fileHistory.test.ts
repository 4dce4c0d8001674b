import { startTestForge, type TestForge } from '../testing-forge';
import type { PlatformRepository } from './PlatformRepository';

const author = { name: 'Ada', email: 'ada@example.com' };
const path = 'infra/a/file.yaml';

describe('fileHistory', () => {
  let forge: TestForge;
  let repository: PlatformRepository;

  beforeAll(async () => {
    forge = await startTestForge({ [path]: 'one\n' });
    ({ repository } = await forge.openRepository());
  });

  afterAll(async () => {
    await forge.stop();
  });

  it('counts a merge as one version, and leaves out what did not change the file', async () => {
    const start = await repository.head();
    let commit = start;
    for (const change of [
      { path, content: Buffer.from('two\n') },
      { path: 'infra/b', content: Buffer.from('other\n') },
      { path, content: Buffer.from('three\n') },
    ]) {
      commit = await repository.commit({
        base: commit,
        changes: [change],
        message: 'Change',
        author,
      });
    }
    await repository.pushNewBranch({ commit, branch: 'change' });
    const { number } = await forge.forge.openPullRequest({
      branch: 'change',
      baseBranch: 'main',
      title: 'Change',
      body: '',
      labels: [],
    });
    await forge.merge(number);
    const head = await repository.head();
    expect(head).not.toBe(commit);
    const versions = await repository.fileHistory({
      commit: head,
      path,
      limit: 10,
    });
    expect(versions.map(version => version.commit)).toEqual([head, start]);
    expect(Date.parse(versions[0].date)).not.toBeNaN();
    expect(
      await repository.fileHistory({ commit: head, path, limit: 1 }),
    ).toHaveLength(1);
    expect(
      await repository.fileHistory({ commit: head, path: 'none', limit: 9 }),
    ).toEqual([]);
  });

  it('reads only what came after a known history, unless the branch was rewritten', async () => {
    const start = await repository.head();
    const change = (base: string, file: string, content: string) =>
      repository.commit({
        base,
        changes: [{ path: file, content: Buffer.from(content) }],
        message: 'Change',
        author,
      });
    const first = await change(start, path, 'known');
    const second = await change(first, path, 'newer');
    const elsewhere = await change(second, 'infra/c', 'x');
    // An invented version shows which part was read.
    const known = {
      commit: first,
      versions: [{ commit: 'known', date: '2026-01-01' }],
    };
    const history = async (commit: string) =>
      (await repository.fileHistory({ commit, path, limit: 2, known })).map(
        version => version.commit,
      );
    expect(await history(first)).toEqual(['known']);
    expect(await history(elsewhere)).toEqual([second, 'known']);
    const rewritten = await change(start, path, 'rewritten');
    expect((await history(rewritten))[0]).toBe(rewritten);
    expect(await history(rewritten)).not.toContain('known');
  });

  it('refuses to check out what is too large, and reads it neither', async () => {
    const big = await repository.commit({
      base: await repository.head(),
      changes: [
        { path: 'infra/big/x', content: Buffer.alloc(1_048_577) },
        { path: 'infra/big/y', content: Buffer.from('y') },
      ],
      message: 'Big',
      author,
    });
    const text =
      'infra/big/x in the platform repository has 1048577 bytes; the limit is 1048576. Make it smaller first.';
    await expect(
      repository.checkout({
        commit: big,
        paths: ['infra/big'],
        targetDirectory: forge.directory,
      }),
    ).rejects.toThrow(text);
    await expect(repository.read(big, ['infra/big/x'])).rejects.toThrow(text);
    expect(
      await repository.readLimited({
        commit: big,
        paths: ['infra/big/x', 'infra/big/y', 'infra/big/none'],
        maxBytes: 10,
      }),
    ).toEqual(
      new Map<string, unknown>([
        ['infra/big/x', { bytes: 1_048_577 }],
        ['infra/big/y', Buffer.from('y')],
      ]),
    );
  });
});
