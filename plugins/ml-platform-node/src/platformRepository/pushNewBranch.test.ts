import { startTestForge, type TestForge } from '../testing-forge';
import type { PlatformRepository } from './PlatformRepository';

const author = { name: 'Ada', email: 'ada@example.com' };

describe('PlatformRepository.pushNewBranch', () => {
  let forge: TestForge;
  let repository: PlatformRepository;

  beforeAll(async () => {
    forge = await startTestForge({ 'infra/a': '1' });
    ({ repository } = await forge.openRepository());
  });

  afterAll(async () => {
    await forge.stop();
  });

  it('pushes a branch once, and never changes it', async () => {
    const base = await repository.head();
    const commitOf = (content: string) =>
      repository.commit({
        base,
        changes: [{ path: 'infra/x', content: Buffer.from(content) }],
        message: 'Add x',
        author,
      });
    const branch = 'ml-platform/ml-service/app-ml-team/x';
    const commit = await commitOf('1');
    await repository.pushNewBranch({ commit, branch });
    await repository.pushNewBranch({ commit, branch });
    await expect(
      repository.pushNewBranch({ commit: await commitOf('2'), branch }),
    ).rejects.toThrow(
      'The branch "ml-platform/ml-service/app-ml-team/x" already exists with another change.',
    );
    // Not even as a fast-forward.
    const next = await repository.commit({
      base: commit,
      changes: [{ path: 'infra/x', content: Buffer.from('3') }],
      message: 'Change x',
      author,
    });
    await expect(
      repository.pushNewBranch({ commit: next, branch }),
    ).rejects.toMatchObject({ name: 'ConflictError' });
    for (const bad of ['--mirror', 'a..b', 'a b', 'x.lock', '+main', 'a/']) {
      await expect(
        repository.pushNewBranch({ commit, branch: bad }),
      ).rejects.toMatchObject({ name: 'InputError' });
    }

    // Two concurrent tasks in two clones.
    const clones = [await forge.openRepository(), await forge.openRepository()];
    await Promise.all(
      clones.map(async ({ repository: clone }, index) => {
        const made = await clone.commit({
          base: await clone.head(),
          changes: [{ path: `infra/${index}`, content: Buffer.from('x') }],
          message: 'Add',
          author,
        });
        await clone.pushNewBranch({ commit: made, branch: `two/${index}` });
      }),
    );

    const pullRequest = await forge.forge.openPullRequest({
      branch,
      baseBranch: 'main',
      title: 'Add x',
      body: '',
      labels: ['ml-platform'],
    });
    await forge.merge(pullRequest.number);
    const head = await repository.head();
    expect(head).not.toBe(base);
    const contents = await repository.read(head, ['infra/x']);
    expect(contents.get('infra/x')?.toString()).toBe('1');
  });
});
