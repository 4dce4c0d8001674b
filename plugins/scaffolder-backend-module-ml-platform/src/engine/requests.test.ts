import { ChangeRequestFixture } from '../__testUtils__/ChangeRequestFixture';

let fixture: ChangeRequestFixture;
beforeAll(async () => {
  fixture = await ChangeRequestFixture.create();
  // In dev only.
  const created = await fixture.task();
  await created.checkout();
  await created.render();
  await fixture.merge(await created.submit());
});
afterAll(() => fixture.stop());

it('names file, line and both sides of a conflict, and proposes nothing', async () => {
  const path =
    'infra/gitops/workloads/app-ml-team/fraud-scorer/overlays/dev/size.yaml';
  const size = fixture.file(path) ?? '';
  fixture.commit({
    [path]: size.replace(
      'memory: "512Mi"\n            limits',
      'memory: "768Mi"\n            limits',
    ),
  });
  const task = await fixture.task();
  await task.checkout({ mode: 'edit', environment: 'dev' });
  await task.render({ size: 'medium' });
  await expect(task.merge()).rejects.toThrow(
    /changed the same lines of fraud-scorer of app-ml-team by hand.*\n- infra\/gitops\/workloads\/app-ml-team\/fraud-scorer\/overlays\/dev\/size.yaml, line 12: "cpu: .*768Mi.* now, "cpu: .*2Gi.* requested/s,
  );
  fixture.commit({ [path]: size });
});

it('starts in the first environment only', async () => {
  const task = await fixture.task({ workload: 'other-scorer' });
  await expect(task.checkout({ environment: 'prod' })).rejects.toThrow(
    'A workload starts in dev. Promote it to prod from there.',
  );
});

it('renders templates that were on the branch only', async () => {
  const path =
    'infra/gitops/workloads/app-ml-team/feature-api/overlays/dev/ml-platform.yaml';
  const text = fixture.file(path) ?? '';
  const [, onMergedBranch] = fixture
    .git('log', '--merges', '-1', '--format=%P', 'main')
    .trim()
    .split(' ');
  for (const commit of [fixture.aside(), onMergedBranch]) {
    fixture.commit({ [path]: text.replace('initial', commit) });
    const task = await fixture.task({ workload: 'feature-api' });
    await task.checkout({ mode: 'edit', environment: 'dev' });
    await expect(task.render()).rejects.toThrow(
      /is no longer in the platform repository at the recorded commit/,
    );
  }
  fixture.commit({ [path]: text });
});

it('refuses an edit of values that changed since the form was opened', async () => {
  const opened = fixture.git('rev-parse', 'main').trim();
  const edit = async (values: Record<string, string | number>) => {
    const task = await fixture.task();
    await task.checkout({ mode: 'edit', environment: 'dev' });
    await task.render({ ...values, basedOn: opened });
    await fixture.merge(await task.submit());
  };
  await edit({ port: 9090 });
  await expect(edit({ size: 'large' })).rejects.toThrow(
    'fraud-scorer of app-ml-team changed in dev since you opened this form.',
  );
});

it('refuses a step that changes another environment', async () => {
  const task = await fixture.task({ template: 'set-image' });
  await task.checkout({ mode: 'change', environment: 'dev' });
  await expect(
    task.set({ file: '../prod/image.yaml', path: ['a'], value: 1 }),
  ).rejects.toThrow('must be a path in the directory');
  await task.write(
    'infra/gitops/workloads/app-ml-team/fraud-scorer/overlays/prod/a.yaml',
    'a: 1\n',
  );
  await task.merge();
  await expect(task.validate()).rejects.toThrow(
    'overlays/prod/a.yaml: This request is for dev. Request a change of prod for itself.',
  );
});

it('refuses to edit what no template made', async () => {
  const task = await fixture.task({
    user: 'data-engineer',
    team: 'app-data-team',
    workload: 'stream-processor',
  });
  await task.checkout({ mode: 'edit', environment: 'dev' });
  await expect(task.render()).rejects.toThrow(
    /stream-processor of app-data-team has no ml-platform.yaml in dev/,
  );
});

it.each([
  ['dev', 'prod', 'dev is promoted to staging. Environments are dev, staging'],
  ['prod', 'dev', 'prod is promoted to nothing, because it is the last'],
  ['qa', 'prod', 'The team has no environment qa.'],
  ['uat', 'prod', 'fraud-scorer is not in uat: there is nothing to promote.'],
])('refuses to promote %s to %s', async (from, environment, message) => {
  const task = await fixture.task({ template: 'promote' });
  await task.checkout({ mode: 'change', environment });
  await expect(task.promote(from)).rejects.toThrow(message);
});
