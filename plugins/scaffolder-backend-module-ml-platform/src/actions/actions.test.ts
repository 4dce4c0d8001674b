import { chmod, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { validationReportSchema } from '@internal/plugin-ml-platform-common';
import { readProvenance } from '@internal/plugin-ml-platform-node';
import { ChangeRequestFixture } from '../__testUtils__/ChangeRequestFixture';

let fixture: ChangeRequestFixture;

beforeEach(async () => {
  fixture = await ChangeRequestFixture.create();
});
afterEach(async () => {
  await fixture.stop();
});

const BRANCH = 'ml-platform/ml-service/app-ml-team/fraud-scorer';
const DIRECTORY = 'infra/gitops/workloads/app-ml-team/fraud-scorer';

it('proposes exactly the previewed change, in a commit authored by the user', async () => {
  const preview = await fixture.task({ dryRun: true });
  const report = validationReportSchema.parse((await preview.prepare()).report);
  expect(report.checks.filter(({ status }) => status === 'failed')).toEqual([]);
  expect(report.objects.length).toBeGreaterThan(5);
  const shown = await preview.propose();
  expect(fixture.branches()).toEqual([]);

  const task = await fixture.task();
  await task.prepare();
  await task.validate({ previewDigest: report.digest });
  const outputs = await task.propose();

  expect(outputs.pullRequest).toEqual({
    ...(shown.pullRequest as object),
    url: expect.stringMatching(/^http/),
    number: expect.any(Number),
  });
  expect(fixture.branches()).toEqual([BRANCH]);
  const diff = fixture.git(
    'diff',
    '--no-renames',
    '--full-index',
    'main',
    BRANCH,
  );
  expect(diff).toBe(report.files.map(file => file.diff).join(''));
  expect(
    fixture.git('log', '-1', '--format=%an <%ae> | %cn | %s', BRANCH).trim(),
  ).toBe(
    'ML engineer <ml-engineer@example.com> | ML platform portal | Add fraud-scorer',
  );
  expect(fixture.git('rev-parse', `${BRANCH}~1`).trim()).toBe(
    report.baseCommit,
  );
  const [pullRequest] = await fixture.forge.listOpenPullRequests({
    label: 'ml-platform',
  });
  expect(pullRequest).toMatchObject({
    title: 'Add fraud-scorer',
    branch: BRANCH,
    baseBranch: 'main',
  });
  const { config, forge } = fixture.dependencies;
  expect(
    readProvenance(pullRequest, { forge, repository: config.repository }),
  ).toMatchObject({
    provenance: 'verified',
    trailer: {
      template: 'template:default/ml-service',
      team: 'app-ml-team',
      workload: 'fraud-scorer',
      requester: 'user:default/ml-engineer',
      digest: report.digest,
    },
  });
});

it('opens one pull request when run repeatedly', async () => {
  const first = await fixture.task();
  await first.prepare();
  const opened = await first.propose();
  await expect(first.propose()).resolves.toEqual(opened);

  // The base moves on; the change request stays the same.
  fixture.moveBase('README.md');
  const second = await fixture.task();
  await second.prepare();
  await expect(second.propose()).resolves.toMatchObject({
    pullRequestUrl: opened.pullRequestUrl,
  });

  const other = await fixture.task();
  await other.prepare({ port: 8099 });
  await expect(other.propose()).rejects.toThrow(
    /You have an open pull request.*other content: http.*Merge or close it/,
  );
  const lead = await fixture.task({ user: 'team-lead' });
  await lead.prepare();
  await expect(lead.propose()).rejects.toThrow(
    /Someone else has an open pull request.*http/,
  );
  expect(fixture.branches()).toEqual([BRANCH]);
});

it('recovers from a crash between push and pull request', async () => {
  const { repository } = fixture.dependencies;
  const task = await fixture.task();
  await task.prepare();
  const openPullRequest = jest
    .spyOn(fixture.forge, 'openPullRequest')
    .mockRejectedValueOnce(new Error('killed'));
  await expect(task.propose()).rejects.toThrow(
    /give the platform team the reference/,
  );
  expect(openPullRequest).toHaveBeenCalledTimes(1);
  expect(fixture.branches()).toEqual([BRANCH]);
  await task.propose();

  // The same after the base moved, with another workspace.
  const left = await fixture.task({ workload: 'left-over' });
  await left.prepare();
  openPullRequest.mockRejectedValueOnce(new Error('killed'));
  await expect(left.propose()).rejects.toThrow();
  fixture.moveBase('README.md');
  await repository.head();
  const again = await fixture.task({ workload: 'left-over' });
  await again.prepare();
  await expect(again.propose()).resolves.toMatchObject({
    branch: BRANCH.replace('fraud-scorer', 'left-over'),
  });

  // A branch with other content is not used, and not overwritten.
  const other = await fixture.task({ workload: 'other-left' });
  await other.prepare();
  openPullRequest.mockRejectedValueOnce(new Error('killed'));
  await expect(other.propose()).rejects.toThrow();
  const changed = await fixture.task({ workload: 'other-left' });
  await changed.prepare({ port: 8099 });
  await expect(changed.propose()).resolves.toMatchObject({
    branch: `${BRANCH.replace('fraud-scorer', 'other-left')}.2`,
  });
  await expect(
    fixture.forge.listOpenPullRequests({ label: 'ml-platform' }),
  ).resolves.toHaveLength(3);
});

it('opens one pull request per workload from concurrent tasks', async () => {
  const tasks = await Promise.all([
    fixture.task(),
    fixture.task(),
    fixture.task({ workload: 'other-scorer' }),
  ]);
  for (const task of tasks) {
    await task.prepare();
  }
  const outputs = await Promise.all(tasks.map(task => task.propose()));
  const numbers = outputs.map(({ number }) => number);
  expect(numbers[0]).toBe(numbers[1]);
  expect(numbers[2]).not.toBe(numbers[0]);
  expect(fixture.branches()).toEqual([
    BRANCH,
    BRANCH.replace('fraud-scorer', 'other-scorer'),
  ]);
});

it('rejects users of other teams before reading the repository', async () => {
  const head = jest.spyOn(fixture.dependencies.repository, 'head');
  const task = await fixture.task({ user: 'data-engineer' });
  await expect(task.checkout()).rejects.toThrow(
    /may not request changes for app-ml-team. Choose a team/,
  );
  expect(head).not.toHaveBeenCalled();
  await expect(task.merge()).rejects.toThrow(/files of this task are gone/);
  await expect(task.propose()).rejects.toThrow(/files of this task are gone/);

  const platform = await fixture.task({ user: 'platform-engineer' });
  await expect(platform.checkout()).resolves.toMatchObject({ exists: false });
});

it('explains an invalid target', async () => {
  await expect(
    (await fixture.task({ workload: 'Fraud Scorer' })).checkout(),
  ).rejects.toThrow(/lower-case letters/);
  await expect(
    (
      await fixture.task({ user: 'platform-engineer', team: 'new-team' })
    ).checkout(),
  ).rejects.toThrow(
    /Team new-team has no namespaces yet. Ask the platform team/,
  );

  await expect(
    (await fixture.task({ workload: 'taken-elsewhere' })).checkout(),
  ).rejects.toThrow(/already in use. Choose another name/);

  const task = await fixture.task({ workload: 'ml-backend' });
  const { exists, environments } = await task.checkout();
  expect(exists).toBe(true);
  expect(environments).toMatchObject([
    { name: 'dev', namespace: 'app-ml-team-dev' },
  ]);
  await expect(task.checkout({ allEnvironments: true })).resolves.toMatchObject(
    {
      environments: [
        { name: 'dev', namespace: 'app-ml-team-dev' },
        { name: 'staging' },
        { name: 'uat' },
        { name: 'prod', namespace: 'app-ml-team' },
      ],
    },
  );
  await expect(task.checkout({ environment: 'qa' })).rejects.toThrow(
    'The team has no environment qa. Choose one of dev, staging, uat, prod.',
  );
  await expect(task.checkout({ mode: 'edit' })).rejects.toThrow(
    'Choose the environment to change: dev, staging, uat, prod.',
  );
  await expect((await fixture.task()).validate()).rejects.toThrow(
    /files of this task are gone/,
  );
});

it('reports a conflict in a dry run and stops a task', async () => {
  const dryRun = await fixture.task({ workload: 'ml-backend', dryRun: true });
  await dryRun.checkout();
  await dryRun.render({}, content => `${content}\n`);
  const { conflicts } = await dryRun.merge();
  expect(conflicts).toContain(
    'infra/gitops/workloads/app-ml-team/ml-backend/catalog-info.yaml',
  );
  const report = validationReportSchema.parse((await dryRun.validate()).report);
  expect(report.checks[0]).toMatchObject({
    id: 'merge',
    status: 'failed',
    messages: [{ text: expect.stringContaining('Choose another name') }],
  });

  const task = await fixture.task({ workload: 'ml-backend' });
  await task.checkout();
  await task.render({}, content => `${content}\n`);
  await expect(task.merge()).rejects.toThrow(
    /app-ml-team already has a workload named ml-backend.*catalog-info.yaml/,
  );
});

it('stops at a forbidden change and at one that differs from the preview', async () => {
  const task = await fixture.task();
  await task.checkout();
  await task.render();
  await task.merge();
  await expect(task.validate({ previewDigest: 'other' })).rejects.toThrow(
    /changed since your preview.*preview again/,
  );
  await task.write('infra/gitops/policies/mine.yaml', 'a: 1\n');
  await task.merge();
  await expect(task.validate()).rejects.toThrow(
    /checks failed:\n- infra\/gitops\/policies\/mine.yaml: /,
  );
  await expect(task.propose()).rejects.toThrow(/changed after validation/);
  expect(fixture.branches()).toEqual([]);
});

it.each([
  ['a link', 'it is a link'],
  ['an executable', 'it is executable'],
  ['.gitattributes', 'reserved by Git'],
])('refuses %s of a template', async (kind, message) => {
  const task = await fixture.task({ dryRun: true });
  await task.checkout();
  const path = `${DIRECTORY}/${kind.startsWith('.') ? kind : 'file'}`;
  await task.write(path, 'x\n');
  const absolute = join(task.workspacePath, 'rendered', path);
  if (kind === 'an executable') {
    await chmod(absolute, 0o755);
  }
  if (kind === 'a link') {
    await rm(absolute);
    await symlink('/etc/passwd', absolute);
  }
  await expect(task.merge()).rejects.toThrow(message);
});

it('hides hosts and paths when the forge is down', async () => {
  const task = await fixture.task();
  await task.prepare();
  await fixture.stop();
  const error = await task.propose().catch((thrown: Error) => thrown.message);
  expect(error).toEqual(expect.any(String));
  expect(error).not.toMatch(/127\.0\.0\.1|localhost|\/tmp|ENOENT/);
});
