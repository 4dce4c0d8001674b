import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { validateChange } from '@internal/plugin-ml-platform-node/validation';
import {
  type FailSafeCase,
  readFailSafeCases,
} from '../__testUtils__/failSafeCorpus';
import { FailSafeRepository } from '../__testUtils__/FailSafeRepository';
import { failuresOf } from '../__testUtils__/TestRepository';

const cases = readFailSafeCases();

describe('the corpus of blocked images', () => {
  let repository: FailSafeRepository;
  let preview: string[];
  let check: string[];

  beforeAll(async () => {
    repository = await FailSafeRepository.create(cases);
    check = failuresOf(await repository.check());
    preview = await previewed(repository);
  });

  afterAll(async () => {
    await repository.delete();
  });

  it('has at least 30 cases, each with its own name', () => {
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
    expect(cases.length).toBeGreaterThanOrEqual(30);
  });

  it.each(cases.filter(({ refusal }) => refusal.repository === undefined))(
    '$name: accepted by check and preview',
    one => {
      expect(failuresAbout(one, check)).toEqual([]);
      expect(failuresAbout(one, preview)).toEqual([]);
    },
  );

  it.each(cases.filter(({ refusal }) => refusal.repository !== undefined))(
    '$name: refused by check and preview',
    one => {
      const { repository: words } = one.refusal;
      expect(failuresAbout(one, check).join('\n')).toContain(words);
      expect(failuresAbout(one, preview).join('\n')).toContain(words);
    },
  );
});

function failuresAbout(one: FailSafeCase, failures: string[]): string[] {
  return failures.filter(
    failure =>
      failure.startsWith(`${FailSafeRepository.fileOf(one)}: `) ||
      failure.includes(`: ${one.object}: `),
  );
}

/** Failures of the validator as preview and task call it: with the files of one workload, before and after. */
async function previewed(repository: FailSafeRepository): Promise<string[]> {
  const before = path.join(
    await mkdtemp(path.join(tmpdir(), 'fail-safe-')),
    'base',
  );
  try {
    repository.git('worktree', 'add', '--quiet', '--detach', before, 'HEAD');
    const teams = [...new Set(cases.map(({ team }) => team))];
    const results = await Promise.all(
      teams.map(team =>
        validateChange({
          root: repository.directory,
          before,
          team,
          workload: FailSafeRepository.workload,
          rootDirectory: 'infra',
          environments: ['dev', 'staging', 'uat', 'prod'].map(name => ({
            name,
            cluster: 'shared',
            namespaceSuffix: name === 'prod' ? '' : `-${name}`,
          })),
          changedPaths: cases
            .filter(one => one.team === team)
            .map(FailSafeRepository.fileOf),
        }),
      ),
    );
    return failuresOf({
      sections: results.map(result => ({ title: '', ...result })),
    });
  } finally {
    await rm(path.dirname(before), { recursive: true, force: true });
  }
}
