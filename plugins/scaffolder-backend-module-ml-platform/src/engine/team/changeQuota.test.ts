import { validationReportSchema } from '@internal/plugin-ml-platform-common';
import { ChangeRequestFixture } from '../../__testUtils__/ChangeRequestFixture';

const TENANT = 'infra/gitops/tenants/app-ml-team/tenant.yaml';

let fixture: ChangeRequestFixture;
beforeAll(async () => {
  fixture = await ChangeRequestFixture.create();
});
afterAll(() => fixture.stop());

async function quotaTask(
  values: object,
  { user = 'team-lead', group = 'app-ml-team' } = {},
) {
  const task = await fixture.task({
    template: 'change-quota',
    user,
    group,
    team: 'app-ml-team',
    values: {},
  });
  await task.checkout({ mode: 'edit' });
  await task.render({ reason: 'A larger model', ...values });
  await task.merge();
  return task;
}

it('changes sizes and the share of the queue, and nothing else of the team', async () => {
  const before = fixture.file(TENANT) ?? '';
  const task = await quotaTask({
    sizes: { dev: 'medium', nowhere: 'large' },
    gpus: 4,
    // What the form does not ask for is not changed by it.
    description: 'Ours now',
  });
  const { report } = await task.validate();
  await fixture.merge(String((await task.propose()).branch));
  expect(fixture.file(TENANT)).toBe(
    before
      .replace('dev: { tier: small }', 'dev: { tier: medium }')
      .replace('gpus: 3', 'gpus: 4'),
  );
  const { files, objects } = validationReportSchema.parse(report);
  expect(files.map(({ path }) => path)).toEqual([
    'infra/gitops/tenants/app-ml-team/overlays/dev/kustomization.yaml',
    'infra/gitops/tenants/app-ml-team/queue/clusterqueue.yaml',
    TENANT,
  ]);
  expect(
    objects.map(({ environment, kind }) => `${environment} ${kind}`),
  ).toEqual(['dev ResourceQuota', 'dev LimitRange', ' ClusterQueue']);
});

it('keeps what the form leaves empty', async () => {
  const before = fixture.file(TENANT) ?? '';
  const task = await quotaTask({ memory: '512Gi' });
  await task.validate();
  await fixture.merge(String((await task.propose()).branch));
  expect(fixture.file(TENANT)).toBe(
    before.replace('memory: 256Gi', 'memory: 512Gi'),
  );
});

it.each<[string, object, { user?: string; group?: string }, RegExp]>([
  ['a change of nothing', {}, {}, /already has exactly this team app-ml-team/],
  [
    'a size that there is not',
    { sizes: { dev: 'huge' } },
    {},
    /environments.dev.tier: There is no component/,
  ],
  [
    'people of other teams',
    { gpus: 9 },
    { user: 'data-engineer' },
    /You may not request a team that app-ml-team owns/,
  ],
  [
    'the name of another group',
    { gpus: 9 },
    { group: 'risk-models' },
    /risk-models does not own the team app-ml-team/,
  ],
])('refuses %s', async (_, values, options, message) => {
  await expect(quotaTask(values, options)).rejects.toThrow(message);
});
