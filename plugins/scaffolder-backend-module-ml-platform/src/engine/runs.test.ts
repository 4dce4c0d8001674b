import { readRunAnswers } from '@internal/plugin-ml-platform-node';
import { parse } from 'yaml';
import { ChangeRequestFixture } from '../__testUtils__/ChangeRequestFixture';
import type { ChangeRequestTask } from '../__testUtils__/ChangeRequestTask';

const NAME = 'churn-model';
const DIRECTORY = `infra/gitops/workloads/app-ml-team/${NAME}`;
const RECORD = `${DIRECTORY}/overlays/dev/ml-platform.yaml`;
const ACCOUNT = `${DIRECTORY}/overlays/dev/base/serviceaccount.yaml`;
const VALUES = {
  description: 'Trains the churn model',
  image: 'docker.io/acme/churn:1.0.0',
  command: ['python', '-c', 'print("$(id) {{ x }} # é")\nprint(2)'],
  parameters: [
    { name: 'epochs', value: '20' },
    { name: 'learning-rate', value: '1e-3' },
  ],
  dataset: 's3://data-app-ml-team/churn/2026-11',
  model: 'churn',
  gpus: 1,
  size: 'medium',
  timeLimitHours: 24,
  retries: 1,
  spot: true,
};

let fixture: ChangeRequestFixture;
beforeAll(async () => {
  fixture = await ChangeRequestFixture.create();
});
afterAll(() => fixture.stop());

function run(name: string) {
  return parse(fixture.file(`${DIRECTORY}/runs/dev/${name}.yaml`) ?? '');
}

function changedFiles(): string[] {
  return fixture
    .git('diff', '--no-renames', '--name-status', 'main~1', 'main')
    .trim()
    .split('\n')
    .map(line => line.replace(`${DIRECTORY}/`, ''));
}

async function request(
  template: string,
  checkout: Record<string, string>,
  steps: (task: ChangeRequestTask) => Promise<unknown>,
): Promise<string> {
  const task = await fixture.task({
    template,
    workload: NAME,
    values: template === 'training-job' ? VALUES : {},
  });
  await task.checkout(checkout);
  await steps(task);
  return task.submit();
}

async function merged(...args: Parameters<typeof request>) {
  const branch = await request(...args);
  await fixture.merge(branch);
  return branch;
}

const inDev = { mode: 'run', environment: 'dev' };

// One story: each test goes on where the one before it ended.
it('creates a training job with its first run', async () => {
  await merged('training-job', {}, task => task.render());
  expect(changedFiles()).toEqual([
    'A\tcatalog-info.yaml',
    'A\toverlays/dev/base/kustomization.yaml',
    'A\toverlays/dev/base/networkpolicy.yaml',
    'A\toverlays/dev/base/serviceaccount.yaml',
    'A\toverlays/dev/kustomization.yaml',
    'A\toverlays/dev/ml-platform.yaml',
    'A\truns/dev/churn-model-1.yaml',
  ]);
  const { metadata, spec } = run('churn-model-1');
  expect(metadata).toMatchObject({
    name: 'churn-model-1',
    namespace: 'app-ml-team-dev',
    labels: {
      'backstage.io/kubernetes-id': NAME,
      'kueue.x-k8s.io/queue-name': 'app-ml-team',
      'ml-platform.io/run': 'churn-model-1',
    },
  });
  expect(spec).toMatchObject({ backoffLimit: 1, activeDeadlineSeconds: 86400 });
  expect(spec).not.toHaveProperty('ttlSecondsAfterFinished');
  expect(spec).not.toHaveProperty('suspend');
  const [container] = spec.template.spec.containers;
  expect(container).toMatchObject({
    image: VALUES.image,
    command: VALUES.command,
    args: ['--epochs=20', '--learning-rate=1e-3'],
    env: [
      { name: 'RUN_NAME', value: 'churn-model-1' },
      { name: 'DATASET_URI', value: VALUES.dataset },
      { name: 'MODEL_NAME', value: 'churn' },
    ],
    resources: { limits: { 'nvidia.com/gpu': '1', memory: '8Gi' } },
  });
  const recorded = await readRunAnswers(
    fixture.file(`${DIRECTORY}/runs/dev/churn-model-1.yaml`) ?? '',
  );
  expect(recorded).toMatchObject({
    template: { ref: 'template:default/training-job' },
    values: VALUES,
  });
});

it('changes the defaults of later runs, and keeps changes by hand and runs as they are', async () => {
  fixture.commit({
    [ACCOUNT]: `${fixture.file(ACCOUNT)}# read by the auditors\n`,
  });
  await merged('training-job', { mode: 'edit', environment: 'dev' }, task =>
    task.render({ timeLimitHours: 48 }),
  );
  expect(changedFiles()).toEqual(['M\toverlays/dev/ml-platform.yaml']);
  expect(fixture.file(RECORD)).toContain('timeLimitHours: 48');
  expect(fixture.file(ACCOUNT)).toContain('# read by the auditors');
});

it('runs again with other parameters, in a request that waits for no other run', async () => {
  const second = await request('training-run', inDev, task =>
    task.render({
      parameters: [{ name: 'learning-rate', value: '0.01' }],
      image: '',
      command: [],
    }),
  );
  expect(second).toBe(
    'ml-platform/training-run/app-ml-team/churn-model--dev--churn-model-2',
  );
  const third = await request(
    'training-run',
    { ...inDev, run: 'churn-model-3' },
    task => task.render({ gpus: 0 }),
  );
  // The same run twice is the same thing.
  const again = () =>
    request('training-run', inDev, task =>
      task.render({ parameters: [{ name: 'learning-rate', value: '0.01' }] }),
    );
  await expect(again()).resolves.toBe(second);
  await fixture.merge(third);
  await fixture.merge(second);
  expect(changedFiles()).toEqual(['A\truns/dev/churn-model-2.yaml']);

  const { spec } = run('churn-model-2');
  expect(spec.activeDeadlineSeconds).toBe(48 * 3600);
  expect(spec.template.spec.containers[0]).toMatchObject({
    image: VALUES.image,
    command: VALUES.command,
    args: ['--epochs=20', '--learning-rate=0.01'],
  });
  const withoutGpus = run('churn-model-3').spec.template.spec;
  expect(withoutGpus.containers[0].resources.limits).not.toHaveProperty(
    'nvidia.com/gpu',
  );
  expect(withoutGpus).not.toHaveProperty('tolerations');
});

it('makes a run for each value of a sweep', async () => {
  const sweep = { parameter: 'learning-rate', values: ['0.1', '0.2', '0.1'] };
  await merged('training-run', inDev, task =>
    task.render({}, undefined, sweep),
  );
  expect(changedFiles()).toEqual([
    'A\truns/dev/churn-model-4-1.yaml',
    'A\truns/dev/churn-model-4-2.yaml',
  ]);
  const args = ['churn-model-4-1', 'churn-model-4-2'].map(
    name => run(name).spec.template.spec.containers[0].args,
  );
  expect(args).toEqual([
    ['--epochs=20', '--learning-rate=0.1'],
    ['--epochs=20', '--learning-rate=0.2'],
  ]);
});

it('cancels a run and a sweep, and keeps their records', async () => {
  const cancel = (name: string) =>
    merged('cancel-run', { mode: 'remove', environment: 'dev', run: name }, t =>
      t.remove(),
    );
  await cancel('churn-model-2');
  expect(changedFiles()).toEqual([
    'A\truns/archive/dev/churn-model-2.yaml',
    'D\truns/dev/churn-model-2.yaml',
  ]);
  const archived = fixture.file(
    `${DIRECTORY}/runs/archive/dev/churn-model-2.yaml`,
  );
  expect(parse(archived ?? '').metadata.annotations).toMatchObject({
    'ml-platform.io/outcome': 'Cancelled',
    'ml-platform.io/answers': expect.stringContaining('0.01'),
  });
  await cancel('churn-model-4');
  expect(changedFiles()).toHaveLength(4);
  expect(
    fixture.git('ls-tree', '--name-only', 'main', `${DIRECTORY}/runs/dev/`),
  ).toBe(
    `${DIRECTORY}/runs/dev/churn-model-1.yaml\n${DIRECTORY}/runs/dev/churn-model-3.yaml\n`,
  );
});

it.each([
  ['churn-model-2', 'There is a run named churn-model-2 already. A run is'],
  ['churn-model-4', 'for example churn-model-5'],
  ['other-7', 'starts with that of its workload'],
  ['churn-model-../x', 'has lower-case letters'],
])('refuses the name %s for a new run', async (name, message) => {
  const task = await fixture.task({ template: 'training-run', workload: NAME });
  await expect(task.checkout({ ...inDev, run: name })).rejects.toThrow(message);
});

it.each([
  ['momentum', ['1'], 'Parameters are epochs, learning-rate.'],
  ['epochs', [], 'A sweep has 1 to 50 values; these are 0.'],
  ['epochs', Array.from({ length: 51 }, (_, i) => `${i}`), 'at most 50'],
])('refuses a sweep of %s over %j', async (parameter, values, message) => {
  const task = await fixture.task({ template: 'training-run', workload: NAME });
  await task.checkout(inDev);
  await expect(
    task.render({}, undefined, { parameter, values }),
  ).rejects.toThrow(message);
});

it('refuses runs of what has none, and to cancel what is not there', async () => {
  const service = await fixture.task({
    template: 'training-run',
    workload: 'feature-api',
  });
  await service.checkout(inDev);
  await expect(service.render()).rejects.toThrow(
    'feature-api was made with template:default/ml-service, which has no runs.',
  );
  const absent = await fixture.task({ template: 'cancel-run', workload: NAME });
  await absent.checkout({ mode: 'remove', environment: 'dev', run: 'absent' });
  await expect(absent.remove()).rejects.toThrow(
    'churn-model has no run absent to cancel in dev.',
  );
});

it('refuses a step that changes more than the run of the request', async () => {
  const task = await fixture.task({
    template: 'training-run',
    workload: NAME,
    values: {},
  });
  await task.checkout(inDev);
  await task.render();
  await task.write(`${DIRECTORY}/overlays/dev/extra.yaml`, 'a: 1\n');
  await task.merge();
  await expect(task.validate()).rejects.toThrow(
    'overlays/dev/extra.yaml: This request is for the run churn-model-5.',
  );
});

it('removes the training job with its runs and their records', async () => {
  await merged('training-job', { mode: 'remove', environment: 'dev' }, task =>
    task.remove(),
  );
  expect(fixture.git('ls-tree', '-r', '--name-only', 'main', DIRECTORY)).toBe(
    '',
  );
});
