import { parse } from 'yaml';
import { ChangeRequestFixture } from '../__testUtils__/ChangeRequestFixture';

const DIRECTORY = 'infra/gitops/workloads/app-ml-team/fraud-scorer';
const DEPLOYMENT = 'base/deployment.yaml';

let fixture: ChangeRequestFixture;
beforeAll(async () => {
  fixture = await ChangeRequestFixture.create();
});
afterAll(() => fixture.stop());

function file(environment: string, name: string): string {
  return fixture.file(`${DIRECTORY}/overlays/${environment}/${name}`) ?? '';
}

function answers(environment: string) {
  return parse(file(environment, 'ml-platform.yaml'));
}

/** Lines that the last merge added and removed, without those of file names. */
function changedLines(): string[] {
  return fixture
    .git('diff', '--unified=0', 'main~1', 'main')
    .split('\n')
    .filter(line => /^[+-](?![+-])/.test(line));
}

async function request(
  checkout: Record<string, string>,
  steps: (
    task: Awaited<ReturnType<ChangeRequestFixture['task']>>,
  ) => Promise<unknown>,
  template = 'ml-service',
): Promise<string> {
  const task = await fixture.task({ template });
  await task.checkout(checkout);
  await steps(task);
  const branch = await task.submit();
  await fixture.merge(branch);
  return branch;
}

const deployed: Record<string, string> = {};

// One story: each test goes on where the one before it ended.
it('creates a workload in the first environment only', async () => {
  const branch = await request({}, task => task.render({ junk: 'x' }));
  expect(branch).toBe('ml-platform/ml-service/app-ml-team/fraud-scorer');
  const files = fixture
    .git('diff', '--name-only', 'main~1', 'main')
    .trim()
    .split('\n');
  expect(files).toHaveLength(16);
  expect(files).not.toContainEqual(expect.stringMatching(/staging|uat|prod/));
  expect(answers('dev')).toEqual({
    template: {
      ref: 'template:default/ml-service',
      path: 'templates/ml-service',
      commit: expect.stringMatching(/^[0-9a-f]{40}$/),
    },
    values: {
      team: 'app-ml-team',
      name: 'fraud-scorer',
      description: 'Scores payments',
      image: 'ghcr.io/acme/fraud-scorer:1.4.2',
      port: 8080,
      size: 'small',
      gpu: false,
    },
  });
});

it('keeps changes by hand when a value is edited, and changes nothing else', async () => {
  fixture.commit({
    [`${DIRECTORY}/overlays/dev/${DEPLOYMENT}`]: file(
      'dev',
      DEPLOYMENT,
    ).replace('failureThreshold: 120', 'failureThreshold: 240 # a large model'),
  });
  await request({ mode: 'edit', environment: 'dev' }, task =>
    task.render({ port: 9090 }),
  );
  expect(changedLines()).toEqual(
    [
      '-            - name: http',
      '-              containerPort: 8080',
      '+              containerPort: 9090',
    ]
      .slice(1)
      .concat([
        '-              value: "8080"',
        '+              value: "9090"',
        '-  port: 8080',
        '+  port: 9090',
      ]),
  );
  expect(file('dev', DEPLOYMENT)).toContain('240 # a large model');
});

it('promotes to the next environment, with the changes by hand', async () => {
  fixture.commit({
    // Belongs to dev, as its replicas do.
    [`${DIRECTORY}/overlays/dev/dashboard/dashboard.json`]: file(
      'dev',
      'dashboard/dashboard.json',
    ).replace('"30s"', '"10s"'),
    [`${DIRECTORY}/overlays/dev/replicas.yaml`]: file(
      'dev',
      'replicas.yaml',
    ).replace('replicas: 1', 'replicas: 3'),
  });
  const branch = await request(
    { mode: 'change', environment: 'staging' },
    task => task.promote('dev'),
    'promote',
  );
  expect(branch).toBe('ml-platform/promote/app-ml-team/fraud-scorer--staging');
  expect(file('staging', DEPLOYMENT)).toBe(file('dev', DEPLOYMENT));
  expect(file('staging', 'replicas.yaml')).toContain('replicas: 1');
  expect(file('staging', 'dashboard/dashboard.json')).toBe('');
  expect(file('staging', 'kustomization.yaml')).toBe(
    file('dev', 'kustomization.yaml')
      .replace('app-ml-team-dev', 'app-ml-team-staging')
      .replace('  - dashboard\n', ''),
  );
  expect(answers('staging')).toEqual({
    ...answers('dev'),
    promotedFrom: {
      environment: 'dev',
      commit: expect.stringMatching(/^[0-9a-f]{40}$/),
    },
  });
  expect(
    fixture.file(
      'infra/terraform/compositions/teams/app-ml-team/staging/fraud-scorer.tf',
    ),
  ).toContain('"staging"');
});

it('promotes only what changed, and keeps what belongs to the target', async () => {
  await request({ mode: 'edit', environment: 'staging' }, task =>
    task.render({ port: 9090, size: 'large' }),
  );
  fixture.commit({
    [`${DIRECTORY}/overlays/staging/extra.yaml`]: '# of staging\n',
  });
  await request(
    { mode: 'change', environment: 'dev' },
    async task => {
      const image = 'ghcr.io/acme/fraud-scorer:1.5.0';
      await task.set({
        file: 'image.yaml',
        path: ['spec', '**', 'containers', '*', 'image'],
        value: image,
      });
      await task.set({
        file: 'ml-platform.yaml',
        path: ['values', 'image'],
        value: image,
        optional: true,
      });
    },
    'set-image',
  );
  expect(changedLines()).toEqual([
    '-          image: "ghcr.io/acme/fraud-scorer:1.4.2"',
    '+          image: "ghcr.io/acme/fraud-scorer:1.5.0"',
    '-  image: "ghcr.io/acme/fraud-scorer:1.4.2"',
    '+  image: "ghcr.io/acme/fraud-scorer:1.5.0"',
  ]);
  fixture.commit({
    [`${DIRECTORY}/overlays/staging/replicas.yaml`]: file(
      'staging',
      'replicas.yaml',
    ).replace('replicas: 1', 'replicas: 5'),
    [`${DIRECTORY}/overlays/dev/replicas.yaml`]: file(
      'dev',
      'replicas.yaml',
    ).replace('replicas: 3', 'replicas: 4'),
  });
  deployed.staging = fixture.git('rev-parse', 'main').trim();
  // A value on the line after the one that is promoted.
  await request({ mode: 'edit', environment: 'staging' }, task =>
    task.render({ port: 9191, size: 'large' }),
  );

  await request(
    { mode: 'change', environment: 'staging' },
    task => task.promote('dev'),
    'promote',
  );
  expect(changedLines()).toEqual([
    '-          image: "ghcr.io/acme/fraud-scorer:1.4.2"',
    '+          image: "ghcr.io/acme/fraud-scorer:1.5.0"',
    '-  image: "ghcr.io/acme/fraud-scorer:1.4.2"',
    '+  image: "ghcr.io/acme/fraud-scorer:1.5.0"',
    expect.stringMatching(/^- {2}commit: /),
    expect.stringMatching(/^\+ {2}commit: /),
  ]);
  expect(answers('staging').values).toMatchObject({
    size: 'large',
    port: 9191,
  });
  expect(file('staging', 'replicas.yaml')).toContain('replicas: 5');
  expect(file('staging', 'extra.yaml')).toBe('# of staging\n');
});

it('rolls back to an earlier deployment, whatever became of the template', async () => {
  await request(
    { mode: 'change', environment: 'staging' },
    task => task.rollBack(deployed.staging),
    'roll-back',
  );
  expect(file('staging', 'image.yaml')).toContain(':1.4.2"');
  expect(
    fixture.git(
      'diff',
      '--stat',
      deployed.staging,
      'main',
      '--',
      `${DIRECTORY}/overlays/staging`,
    ),
  ).toBe('');

  const task = await fixture.task({ template: 'roll-back' });
  await task.checkout({ mode: 'change', environment: 'prod' });
  await expect(task.rollBack(deployed.staging)).rejects.toThrow(
    /fraud-scorer was not in prod at commit .{8}\. Choose another deployment/,
  );
});

it('upgrades to the template as it is now', async () => {
  const skeleton =
    'templates/ml-service/skeleton/environment/base/service.yaml';
  fixture.commit({
    [skeleton]: (fixture.file(skeleton) ?? '').replace(
      'port: 80\n',
      'port: 80\n      appProtocol: http\n',
    ),
  });
  // An edit stays with the recorded version.
  const edit = await fixture.task();
  await edit.checkout({ mode: 'edit', environment: 'dev' });
  const values = { port: 9090, image: 'ghcr.io/acme/fraud-scorer:1.5.0' };
  await edit.render(values);
  await expect(edit.merge()).resolves.toMatchObject({ changed: [] });

  await request({ mode: 'upgrade', environment: 'dev' }, task =>
    task.render(values),
  );
  expect(changedLines()).toEqual([
    '+      appProtocol: http',
    expect.stringMatching(/^- {2}commit: /),
    expect.stringMatching(/^\+ {2}commit: /),
  ]);
});

it('removes one environment with what people added, then the rest', async () => {
  const branch = await request(
    { mode: 'remove', environment: 'staging' },
    task => task.remove(),
  );
  // A request for the workload as a whole: of two removals at once, the second could be of the last environment.
  expect(branch).toBe('ml-platform/ml-service/app-ml-team/fraud-scorer.2');
  expect(
    fixture.git('ls-tree', '-r', '--name-only', 'main', DIRECTORY),
  ).not.toContain('staging');
  expect(file('dev', 'image.yaml')).not.toBe('');
  await request({ mode: 'remove', environment: 'dev' }, task => task.remove());
  expect(fixture.git('ls-tree', '-r', '--name-only', 'main', DIRECTORY)).toBe(
    '',
  );
  expect(fixture.git('ls-tree', '-r', '--name-only', 'main')).not.toContain(
    'fraud-scorer.tf',
  );
  const gone = await fixture.task();
  await expect(
    gone.checkout({ mode: 'edit', environment: 'dev' }),
  ).rejects.toThrow('Team app-ml-team has no workload named fraud-scorer');
});
