import { execFileSync } from 'node:child_process';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { startTestForge, type TestForge } from '../testing-forge';
import type { PlatformRepository } from './PlatformRepository';

const author = { name: 'Ada <Lovelace>', email: 'ada@example.com' };

describe('GitPlatformRepository', () => {
  let forge: TestForge;
  let repository: PlatformRepository;
  let workingDirectory: string;

  beforeAll(async () => {
    forge = await startTestForge({
      'infra/gitops/workloads/app-ml-team/a/base.yaml': 'kind: A\n',
      'infra/gitops/workloads/app-ml-team/a/old.yaml': 'kind: Old\n',
      'infra/gitops/workloads/app-ml-team/ab/base.yaml': 'kind: B\n',
      'infra/gitops/components/gpu/kustomization.yaml': 'kind: Component\n',
      'templates/binary': '\u0000\u0001',
    });
    ({ repository, workingDirectory } = await forge.openRepository());
  });

  afterAll(async () => {
    await forge.stop();
  });

  it('reads files at a commit', async () => {
    const { repository: other } = await forge.openRepository();
    expect(other.lastKnownHead()).toBeUndefined();
    const [commit, same] = await Promise.all([other.head(), other.head()]);
    expect(same).toBe(commit);
    expect(other.lastKnownHead()).toBe(commit);

    const directory = 'infra/gitops/workloads/app-ml-team/a';
    expect(await other.list(commit, directory)).toEqual([
      `${directory}/base.yaml`,
      `${directory}/old.yaml`,
    ]);
    expect(await other.list(commit, 'absent')).toEqual([]);
    expect(await other.list(commit, '')).toHaveLength(5);

    const many = Array.from({ length: 300 }, (_, index) => `absent/${index}`);
    for (const paths of [[], many]) {
      const contents = await other.read(commit, [
        ...paths,
        `${directory}/base.yaml`,
        'templates/binary',
        directory,
      ]);
      expect([...contents.keys()].sort()).toEqual([
        `${directory}/base.yaml`,
        'templates/binary',
      ]);
      expect(contents.get(`${directory}/base.yaml`)?.toString()).toBe(
        'kind: A\n',
      );
      expect(contents.get('templates/binary')).toEqual(Buffer.from([0, 1]));
    }
    await expect(other.list('--help', '')).rejects.toThrow(
      '"--help" is not a full commit id',
    );
    await expect(other.list('0'.repeat(39).concat('1'), '')).rejects.toThrow(
      'This commit is no longer in the platform repository. Start again from its current state.',
    );
  });

  it('finds a commit in the history, and fetches missing commits', async () => {
    const { repository: other } = await forge.openRepository();
    const first = await other.head();
    const commit = await repository.commit({
      base: await repository.head(),
      changes: [{ path: 'infra/later', content: Buffer.from('1') }],
      message: 'Later',
      author,
    });
    expect(await repository.contains({ commit, ancestor: first })).toBe(true);
    expect(await repository.contains({ commit: first, ancestor: commit })).toBe(
      false,
    );
    // Another clone can fetch it only when it is on the branch.
    const ask = () => other.contains({ commit, ancestor: first });
    await repository.pushNewBranch({ commit, branch: 'later' });
    await expect(ask()).rejects.toMatchObject({ name: 'NotFoundError' });
    const { number } = await forge.forge.openPullRequest({
      branch: 'later',
      baseBranch: 'main',
      title: 'Later',
      body: '',
      labels: [],
    });
    await forge.merge(number);
    expect(await ask()).toBe(true);
    const merged = (await forge.forge.getPullRequest(number)).merge?.commit;
    expect(
      await repository.contains({ commit: merged!, ancestor: commit }),
    ).toBe(true);
    await expect(
      other.contains({ commit: first, ancestor: '1'.repeat(40) }),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
  });

  it('writes directories and files of a commit into a directory', async () => {
    const targetDirectory = path.join(forge.directory, 'checkout');
    await repository.checkout({
      commit: await repository.head(),
      paths: [
        'infra/gitops/workloads/app-ml-team/a',
        'infra/gitops/components',
        'templates/binary',
        'absent',
      ],
      targetDirectory,
    });
    const written = await readdir(targetDirectory, { recursive: true });
    expect(written).toContain('infra/gitops/workloads/app-ml-team/a/old.yaml');
    expect(written).toContain('templates/binary');
    expect(written).not.toContain('infra/gitops/workloads/app-ml-team/ab');
    expect(written).not.toContain('.git');
    expect(
      await readFile(path.join(targetDirectory, 'templates/binary')),
    ).toEqual(Buffer.from([0, 1]));
  });

  it('creates the same commit for the same change in any clone', async () => {
    const base = await repository.head();
    const options = {
      base,
      changes: [
        {
          path: 'infra/gitops/workloads/app-ml-team/new/run.sh',
          content: Buffer.from('#!/bin/sh\n'),
          executable: true,
        },
        {
          path: 'infra/gitops/workloads/app-ml-team/a/base.yaml',
          content: Buffer.from('kind: A2\ndiff --git is just text\n'),
        },
        {
          path: 'infra/gitops/workloads/app-ml-team/a/old.yaml',
          deleted: true as const,
        },
        { path: 'templates/binary', content: Buffer.from([0, 2]) },
      ],
      message: 'Change things\n\nUmlaut: ä\n',
      author,
    };
    const commit = await repository.commit(options);
    const { repository: other } = await forge.openRepository();
    await other.head();
    expect(await other.commit(options)).toBe(commit);

    const files = await repository.diff(base, commit);
    expect(files).toMatchObject([
      {
        path: 'infra/gitops/workloads/app-ml-team/a/base.yaml',
        change: 'modified',
        additions: 2,
        deletions: 1,
      },
      {
        path: 'infra/gitops/workloads/app-ml-team/a/old.yaml',
        change: 'deleted',
        additions: 0,
        deletions: 1,
      },
      {
        path: 'infra/gitops/workloads/app-ml-team/new/run.sh',
        change: 'added',
        additions: 1,
        deletions: 0,
      },
      { path: 'templates/binary', change: 'modified', additions: 0 },
    ]);
    expect(files[0].diff).toMatch(
      /^diff --git a\/infra\/\S+ b\/infra\/\S+\nindex [0-9a-f]{40}\.\.[0-9a-f]{40} 100644\n--- a\/\S+\n\+\+\+ b\/\S+\n@@ -1 \+1,2 @@\n-kind: A\n\+kind: A2\n\+diff --git is just text\n$/,
    );
    expect(files[2].diff).toContain('new file mode 100755');
    expect(files[3].diff).toContain('Binary files');
    // Together they equal the output of `git diff`.
    const whole = execFileSync('git', [
      ...['--git-dir', await cloneDirectory(), 'diff', '--full-index'],
      ...[base, commit],
    ]).toString();
    expect(files.map(file => file.diff).join('')).toBe(whole);

    const shown = execFileSync('git', [
      ...['--git-dir', await cloneDirectory(), 'show', '--no-patch'],
      '--format=%an|%ae|%cn|%at %ct|%P|%B',
      commit,
    ]).toString();
    expect(shown).toMatch(
      new RegExp(
        `^Ada Lovelace\\|ada@example.com\\|ML platform portal\\|(\\d+) \\1\\|${base}\\|Change things\n\nUmlaut: ä\n`,
      ),
    );
    const targetDirectory = path.join(forge.directory, 'executable');
    await repository.checkout({ commit, paths: ['infra'], targetDirectory });
    const script = path.join(
      targetDirectory,
      'infra/gitops/workloads/app-ml-team/new/run.sh',
    );
    expect((await stat(script)).mode % 0o1000).toBe(0o755);
  });

  it('refuses paths inside .git and outside the repository', async () => {
    const base = await repository.head();
    for (const file of [
      'a/.GIT/config',
      '../x',
      'a/../../x',
      '/x',
      'a//b',
      'git~1/x',
      '',
    ]) {
      await expect(
        repository.commit({
          base,
          changes: [{ path: file, content: Buffer.from('') }],
          message: 'x',
          author,
        }),
      ).rejects.toThrow('A path of this change cannot be in a Git repository');
    }
  });

  it('keeps the credentials out of the clone', async () => {
    await repository.head();
    const config = await readFile(
      path.join(await cloneDirectory(), 'config'),
      'utf8',
    );
    expect(config).not.toMatch(/authorization|sandbox-portal-token/i);
  });

  async function cloneDirectory(): Promise<string> {
    const [name] = await readdir(workingDirectory);
    return path.join(workingDirectory, name);
  }
});
