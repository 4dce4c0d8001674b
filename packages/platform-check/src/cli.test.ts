import { execFile } from 'node:child_process';
import path from 'node:path';
import { TestRepository } from './__testUtils__/TestRepository';

/** Runs the command like a user or a pipeline. */
function platformCheck(...args: string[]) {
  return new Promise<{ code: number; output: string; errors: string }>(
    resolve => {
      const child = execFile(
        process.execPath,
        [
          '-r',
          '@backstage/cli/config/nodeTransform.cjs',
          path.join(__dirname, 'cli.ts'),
          ...args,
        ],
        { cwd: path.resolve(__dirname, '..') },
        (_error, output, errors) =>
          resolve({ code: child.exitCode ?? -1, output, errors }),
      );
    },
  );
}

describe('platform-check', () => {
  let repository: TestRepository;

  beforeAll(async () => {
    repository = await TestRepository.create();
  });

  afterAll(async () => {
    await repository.delete();
  });

  it('exits with 0 without problems, and with 1 with problems', async () => {
    const where = ['--repository', repository.directory, '--base', 'main'];
    const fine = await platformCheck(...where);
    expect(fine).toEqual({
      code: 0,
      output: expect.stringContaining('Nothing changed.'),
      errors: '',
    });

    await repository.write('infra/gitops/workloads/app-nobody/x/a.yaml', '');
    const broken = await platformCheck(...where, '--markdown');
    expect(broken.code).toBe(1);
    expect(broken.output).toContain('### Platform check failed');
    expect(broken.output).toContain('There is no team app-nobody');
  });

  it('exits with 2 and advice if it cannot run', async () => {
    const { directory } = repository;
    const cases: Array<[string[], string]> = [
      [
        ['--repository', directory, '--base', 'nowhere'],
        'git fetch --unshallow',
      ],
      [['--repository', directory, '--base=--output=x'], 'is not a commit'],
      [
        ['--repository', directory, '--base', 'main', '--root', 'elsewhere'],
        '--root says where',
      ],
      [['--nonsense'], "Unknown option '--nonsense'"],
    ];
    for (const [args, words] of cases) {
      const { code, errors } = await platformCheck(...args);
      expect({ code, errors }).toEqual({
        code: 2,
        errors: expect.stringContaining(words),
      });
      expect(errors).not.toContain('    at ');
    }
  });
});
