import { chmod, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { TestRepository } from './__testUtils__/TestRepository';

const team = 'infra/gitops/workloads/app-ml-team';

/** Directories in which kubectl builds, recorded by a wrapper of kubectl. */
async function recordBuilds() {
  const directory = await mkdtemp(path.join(tmpdir(), 'recorded-kubectl-'));
  const log = path.join(directory, 'builds');
  const real = execFileSync('sh', ['-c', 'command -v kubectl'], {
    encoding: 'utf8',
  }).trim();
  const program = path.join(directory, 'kubectl');
  await writeFile(log, '');
  await writeFile(program, `#!/bin/sh\npwd >> '${log}'\nexec '${real}' "$@"\n`);
  await chmod(program, 0o755);
  const before = process.env.PATH;
  process.env.PATH = `${directory}:${before}`;
  return {
    builds: async () =>
      (await readFile(log, 'utf8'))
        .split('\n')
        .filter(Boolean)
        // The base is built in a temporary directory.
        .map(built => built.replace(/^.*?\/(?=infra\/)/, ''))
        .sort(),
    forget: () => writeFile(log, ''),
    stop: async () => {
      process.env.PATH = before;
      await rm(directory, { recursive: true });
    },
  };
}

describe('affected workloads', () => {
  let repository: TestRepository;
  let recorded: Awaited<ReturnType<typeof recordBuilds>>;

  beforeAll(async () => {
    repository = await TestRepository.create();
    for (let number = 1; number <= 1000; number += 1) {
      await cp(
        path.join(repository.directory, team, 'feature-refresh'),
        path.join(repository.directory, team, `refresh-${number}`),
        { recursive: true },
      );
    }
    repository.commit();
    recorded = await recordBuilds();
  });

  afterEach(async () => {
    repository.git('checkout', '--quiet', '--', '.');
    await recorded.forget();
  });

  afterAll(async () => {
    await recorded.stop();
    await repository.delete();
  });

  it('builds one workload of a thousand when one changes', async () => {
    await repository.edit(
      `${team}/refresh-500/overlays/dev/base/cronjob.yaml`,
      'activeDeadlineSeconds: 240',
      'activeDeadlineSeconds: 270',
    );
    const { affected, owners } = await repository.check();
    // Each before and after the change.
    expect(await recorded.builds()).toEqual([
      `${team}/refresh-500/overlays/dev`,
      `${team}/refresh-500/overlays/dev`,
      `${team}/refresh-500/overlays/prod`,
      `${team}/refresh-500/overlays/prod`,
    ]);
    expect({ affected, owners }).toEqual({
      affected: 1,
      owners: ['app-ml-team'],
    });
  });

  it('builds the users of a changed component', async () => {
    await repository.edit(
      'infra/gitops/components/tier-medium/resourcequota.yaml',
      'pods: "120"',
      'pods: "130"',
    );
    const { owners } = await repository.check();
    const builds = await recorded.builds();
    expect(builds).toContain('infra/gitops/tenants/app-ml-team/overlays/prod');
    expect(builds).not.toContain(
      'infra/gitops/tenants/app-ml-team/overlays/dev',
    );
    expect(builds.filter(directory => directory.startsWith(team))).toEqual([]);
    expect(owners).toEqual(['platform']);
  });

  it('builds nothing without a change', async () => {
    const { affected, changedFiles } = await repository.check();
    expect({ affected, changedFiles }).toEqual({
      affected: 0,
      changedFiles: [],
    });
    expect(await recorded.builds()).toEqual([]);
  });
});
