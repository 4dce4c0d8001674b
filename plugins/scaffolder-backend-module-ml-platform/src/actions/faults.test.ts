import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { ChangeRequestFixture } from '../__testUtils__/ChangeRequestFixture';

const WORKLOADS = 'infra/gitops/workloads/app-ml-team';

let fixture: ChangeRequestFixture;
beforeAll(async () => {
  fixture = await ChangeRequestFixture.create();
});
afterAll(() => fixture.stop());

const openBranches = async () =>
  (await fixture.forge.listOpenPullRequests()).map(({ branch }) => branch);

async function prepared(workload: string) {
  const task = await fixture.task({ workload });
  await task.prepare();
  return task;
}

it('opens a closed pull request anew, on its branch', async () => {
  const task = await prepared('closed');
  const first = await task.propose();
  await fixture.forge.closePullRequest(Number(first.number));
  const second = await (await prepared('closed')).propose();
  expect(second.branch).toBe(first.branch);
  expect(second.number).not.toBe(first.number);
  expect(await openBranches()).toEqual([first.branch]);
});

it('pushes a branch again that somebody deleted before its pull request was open', async () => {
  const task = await prepared('deleted');
  const open = jest
    .spyOn(fixture.forge, 'openPullRequest')
    .mockImplementationOnce(async options => {
      fixture.git('branch', '-D', options.branch);
      open.mockRestore();
      return fixture.forge.openPullRequest(options);
    });
  await expect(task.propose()).rejects.toThrow(
    'The forge does not have this repository or branch',
  );
  const { branch } = await task.propose();
  expect(await openBranches()).toContain(branch);
});

it('leaves a branch alone that somebody pushed to', async () => {
  const { branch } = await (await prepared('pushed')).propose();
  const head = fixture.aside();
  fixture.git('update-ref', `refs/heads/${branch}`, head);
  await expect((await prepared('pushed')).propose()).rejects.toThrow(
    /You have an open pull request for pushed of app-ml-team with other content: http.* - Merge or close it, then try again/,
  );
  expect(fixture.git('rev-parse', String(branch)).trim()).toBe(head);
});

it('says that the disk is full', async () => {
  const task = await fixture.task({ workload: 'full' });
  await task.checkout();
  await task.render();
  await task.merge();
  // Every write to it fails as on a full disk.
  await symlink(
    '/dev/full',
    join(task.workspacePath, '.ml-platform/validation.json'),
  );
  await expect(task.validate()).rejects.toThrow(
    'The disk of the portal is full. Nothing was changed',
  );
});

// Last: the template is gone then.
it('rolls back without the template, and creates nothing', async () => {
  const overlay = `${WORKLOADS}/feature-api/overlays/dev`;
  const before = fixture.git('rev-parse', 'main').trim();
  const image = fixture.file(`${overlay}/image.yaml`) ?? '';
  const template = fixture
    .git('ls-tree', '-r', '--name-only', 'main', 'templates/ml-service')
    .trim()
    .split('\n');
  fixture.commit({
    [`${overlay}/image.yaml`]: image.replace('1.0.0', '1.1.0'),
    ...Object.fromEntries(
      template.map(path => [
        JSON.parse(path.startsWith('"') ? path : `"${path}"`),
        undefined,
      ]),
    ),
  });
  const created = await fixture.task({ workload: 'no-template' });
  await created.checkout();
  await expect(created.render()).rejects.toThrow(
    'The platform repository has no template templates/ml-service. Ask the platform team to add it.',
  );
  const back = await fixture.task({
    workload: 'feature-api',
    template: 'roll-back',
  });
  await back.checkout({ mode: 'change', environment: 'dev' });
  await back.rollBack(before);
  await fixture.merge(await back.submit());
  expect(fixture.file(`${overlay}/image.yaml`)).toBe(image);
});
