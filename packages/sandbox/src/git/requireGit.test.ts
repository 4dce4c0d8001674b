import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireGit } from './requireGit';
import { gitEnvironment } from './runGit';
import { writeFiles } from '../__testUtils__/git';

describe('requireGit', () => {
  const path = gitEnvironment.PATH;
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'git-version-'));
  });
  afterEach(async () => {
    gitEnvironment.PATH = path;
    await rm(directory, { recursive: true, force: true });
  });

  const install = async (version: string) => {
    await writeFiles(directory, {
      git: `#!/bin/sh\necho "git version ${version}"\n`,
    });
    await chmod(join(directory, 'git'), 0o755);
    gitEnvironment.PATH = directory;
  };

  it.each(['2.38.0', '2.39.5 (Apple Git-154)', '3.0.0'])(
    'accepts %s',
    async version => {
      await install(version);
      await expect(requireGit(directory)).resolves.toBeUndefined();
    },
  );

  it('reports an older version or a missing Git', async () => {
    await install('2.34.1');
    await expect(requireGit(directory)).rejects.toThrow(
      'The sandbox needs Git 2.38 or newer, but this machine has Git 2.34.1.',
    );
    gitEnvironment.PATH = '/nowhere';
    await expect(requireGit(directory)).rejects.toThrow('has no Git');
  });
});
