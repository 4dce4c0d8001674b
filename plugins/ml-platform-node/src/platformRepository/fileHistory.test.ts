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
});
