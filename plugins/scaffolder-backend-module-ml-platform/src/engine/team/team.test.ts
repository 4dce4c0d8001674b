import { validationReportSchema } from '@internal/plugin-ml-platform-common';
import { ChangeRequestFixture } from '../../__testUtils__/ChangeRequestFixture';
import type { TaskOptions } from '../../__testUtils__/ChangeRequestTask';

const TENANT = 'infra/gitops/tenants/risk/tenant.yaml';
const VALUES = {
  title: 'Risk models',
  description: 'Scores credit risk',
  environments: { dev: { tier: 'small' }, prod: { tier: 'medium' } },
  gpus: 2,
  cpu: 16,
  memory: '64Gi',
};

let fixture: ChangeRequestFixture;
beforeAll(async () => {
  fixture = await ChangeRequestFixture.create();
});
afterAll(() => fixture.stop());

function teamTask(options: TaskOptions = {}) {
  return fixture.task({
    template: 'team-namespace',
    user: 'team-lead',
    team: 'risk',
    group: 'risk-models',
    ...options,
  });
}

async function request(mode: string, values?: object, options?: TaskOptions) {
  const task = await teamTask(options);
  await task.checkout({ mode });
  await (values ? task.render({ ...VALUES, ...values }) : task.remove());
  await task.merge();
  const { report } = await task.validate();
  const branch = String((await task.propose()).branch);
  await fixture.merge(branch);
  return { branch, report: validationReportSchema.parse(report) };
}

function changedFiles(): string[] {
  return fixture
    .git('diff', '--name-only', 'main~1', 'main')
    .trim()
    .split('\n');
}

// One story: each test goes on where the one before it ended.
it('creates a team with everything that is rendered from its plan', async () => {
  const { branch, report } = await request('create', {});
  expect(branch).toBe('ml-platform/team-namespace/risk');
  expect(changedFiles()).toEqual([
    'infra/catalog/teams.yaml',
    'infra/gitops/bootstrap/argocd/kustomization.yaml',
    'infra/gitops/tenants/risk/argocd/applicationset-dev.yaml',
    'infra/gitops/tenants/risk/argocd/applicationset-prod.yaml',
    'infra/gitops/tenants/risk/argocd/kustomization.yaml',
    'infra/gitops/tenants/risk/argocd/project.yaml',
    'infra/gitops/tenants/risk/base/kustomization.yaml',
    'infra/gitops/tenants/risk/overlays/dev/kustomization.yaml',
    'infra/gitops/tenants/risk/overlays/prod/kustomization.yaml',
    'infra/gitops/tenants/risk/queue/clusterqueue.yaml',
    'infra/gitops/tenants/risk/queue/kustomization.yaml',
    TENANT,
    'infra/terraform/compositions/data-platform/shared.plan.tfvars',
    ...['dev', 'prod'].flatMap(environment =>
      ['backend', 'providers', 'versions'].map(
        name =>
          `infra/terraform/compositions/teams/risk/${environment}/${name}.tf`,
      ),
    ),
  ]);
  expect(report.checks.map(({ id, status }) => `${id} ${status}`)).toEqual([
    'merge passed',
    'plan passed',
    'paths passed',
    'kustomize-build passed',
    'schemas passed',
    'policies passed',
    'destructive passed',
    'in-cluster cluster-only',
  ]);
  const objects = report.objects.map(
    ({ environment, kind, name }) => `${environment} ${kind} ${name}`,
  );
  expect(objects).toEqual(
    expect.arrayContaining([
      'dev Namespace risk-dev',
      'dev ResourceQuota tenant',
      'prod Namespace risk',
      ' AppProject risk',
      ' ClusterQueue risk',
    ]),
  );
  expect(objects).not.toContain(' AppProject app-ml-team');
  expect(fixture.file('infra/catalog/teams.yaml')).toContain(
    'children: [risk-models]',
  );
  expect(
    fixture.file('infra/gitops/tenants/risk/base/kustomization.yaml'),
  ).toContain('value: risk-models');
});

it('changes only what the form changes, and keeps what people wrote', async () => {
  const byHand = (fixture.file(TENANT) ?? '')
    .replace('cpu: 16', 'cpu: 16.0')
    .replace(
      '  "dev": { tier: "small" }\n',
      '  # Grows with the new model.\n  dev:\n    tier: small # for now\n',
    );
  fixture.commit({ [TENANT]: byHand });
  await request('edit', {
    gpus: 4,
    environments: {
      dev: { tier: 'large' },
      staging: { tier: 'small' },
      prod: { tier: 'medium' },
    },
  });
  expect(fixture.file(TENANT)).toBe(
    byHand
      .replace('tier: small # for now', 'tier: large # for now')
      .replace('gpus: 2', 'gpus: 4')
      .replace(
        '  "prod": { tier: "medium" }\n',
        '  "prod": { tier: "medium" }\n  staging: { tier: "small" }\n',
      ),
  );
  expect(changedFiles()).toEqual(
    expect.arrayContaining([
      'infra/gitops/tenants/risk/overlays/dev/kustomization.yaml',
      'infra/gitops/tenants/risk/overlays/staging/kustomization.yaml',
    ]),
  );
  expect(changedFiles()).not.toContain('infra/catalog/teams.yaml');
});

it('removes an environment, and says what is lost', async () => {
  const { report } = await request('edit', { gpus: 4 });
  expect(report.destructive).toContainEqual(
    expect.objectContaining({
      code: 'tenant-removed',
      environments: ['staging'],
    }),
  );
  expect(fixture.file(TENANT)).not.toContain('staging');
  expect(fixture.file(TENANT)).toContain('# Grows with the new model.');
});

it('edits a team that no form made', async () => {
  const file = 'infra/gitops/tenants/app-ml-team/tenant.yaml';
  const before = fixture.file(file) ?? '';
  await request(
    'edit',
    {
      title: 'ML team',
      description: 'Model services, training and the features they need',
      environments: {
        dev: { tier: 'small' },
        staging: { tier: 'small' },
        uat: { tier: 'small' },
        prod: { tier: 'large' },
      },
      cpu: 32,
      memory: '256Gi',
      gpus: 3,
    },
    { team: 'app-ml-team', group: 'app-ml-team' },
  );
  expect(fixture.file(file)).toBe(
    before.replace('prod: { tier: medium }', 'prod: { tier: large }'),
  );
});

it('refuses an edit of values that changed since the form was opened', async () => {
  const basedOn = fixture.git('rev-parse', 'main').trim();
  await request('edit', { gpus: 5 });
  await expect(request('edit', { gpus: 6, basedOn })).rejects.toThrow(
    'The team risk changed since you opened this form.',
  );
});

it.each<[string, object, TaskOptions, RegExp]>([
  [
    'a team of another group',
    {},
    { group: 'app-data-team' },
    /You may not request a team that app-data-team owns/,
  ],
  [
    'what is not a member’s',
    {},
    { user: 'ml-engineer' },
    /You may not request a team that risk-models owns/,
  ],
  ['a name that is taken', {}, {}, /There is a team risk already/],
  [
    'a name of a group',
    {},
    { team: 'app-ml-team2', group: 'none', user: 'platform-engineer' },
    /The catalog has no group none/,
  ],
  [
    'a name of the catalog',
    {},
    { team: 'risk-models', group: 'app-ml-team' },
    /There is a group risk-models already/,
  ],
  ['a reserved ending', {}, { team: 'score-dev' }, /cannot end in "-dev"/],
  ['a name of the platform', {}, { team: 'argocd' }, /reserved for the/],
  ['a namespace of the platform', {}, { team: 'keda' }, /a namespace of the/],
  [
    'an edit of another group’s team',
    { mode: 'edit' },
    { group: 'app-ml-team' },
    /app-ml-team does not own the team risk/,
  ],
  [
    'a removal of another group’s team',
    { mode: 'remove' },
    { team: 'app-data-team' },
    /does not own the team app-data-team/,
  ],
  [
    'an edit of no team',
    { mode: 'edit' },
    { team: 'nobody' },
    /has no team nobody/,
  ],
  ['an upgrade', { mode: 'upgrade' }, {}, /Choose create, edit or remove/],
  [
    'the removal of a team with workloads',
    { mode: 'remove' },
    { team: 'app-ml-team', group: 'app-ml-team' },
    /still has workloads: .*ml-backend.* Remove them first/,
  ],
])('refuses %s', async (_, input, options, message) => {
  const task = await teamTask(options);
  await expect(task.checkout({ ...input })).rejects.toThrow(message);
});

it('refuses what the plan does not allow, and files that are not rendered from it', async () => {
  const task = await teamTask({ team: 'other' });
  await task.checkout();
  await expect(
    task.render({ ...VALUES, environments: { dev: { tier: 'huge' } } }),
  ).rejects.toThrow(
    /tenant.yaml:\d+: environments.dev.tier: There is no component/,
  );
  await task.render(VALUES);
  await task.write('infra/gitops/policies/extra.yaml', '# weaker\n');
  await task.write('infra/gitops/tenants/other/base/extra.yaml', '# more\n');
  await task.write(
    'infra/gitops/tenants/other/queue/clusterqueue.yaml',
    '{}\n',
  );
  await task.merge();
  await expect(task.validate()).rejects.toThrow(
    /policies\/extra.yaml: A change of the team other can only.*base\/extra.yaml: A change.*clusterqueue.yaml: This file differs/s,
  );
});

it('lets one request for a team be open at once, beside those for its workloads', async () => {
  const open = async (gpus: number, user = 'team-lead') => {
    const task = await teamTask({ user });
    await task.checkout({ mode: 'edit' });
    await task.render({ ...VALUES, gpus });
    await task.merge();
    await task.validate();
    return task.propose();
  };
  const first = await open(7);
  await expect(open(7)).resolves.toMatchObject({
    pullRequestUrl: first.pullRequestUrl,
  });
  await expect(open(8)).rejects.toThrow(
    /You have an open pull request for the team risk with other content/,
  );
  await expect(open(7, 'platform-engineer')).rejects.toThrow(
    /Someone else has an open pull request for the team risk/,
  );
  await fixture.merge(String(first.branch));
});

it('removes a team without workloads, with what people added to its directory', async () => {
  fixture.commit({ 'infra/gitops/tenants/risk/NOTES.md': 'Ours\n' });
  const { report } = await request('remove');
  expect(report.destructive.map(({ code }) => code)).toContain(
    'tenant-removed',
  );
  expect(fixture.git('ls-tree', '-r', '--name-only', 'main')).not.toMatch(
    /tenants\/risk\/|teams\/risk\//,
  );
  expect(fixture.file('infra/catalog/teams.yaml')).not.toContain('risk');
});
