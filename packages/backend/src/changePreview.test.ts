import { resolve } from 'node:path';
import {
  previewSchema,
  type Preview,
} from '@internal/plugin-ml-platform-common';
import { testDatabase } from '@internal/plugin-ml-platform-node/testing';
import { ChangeRequestPlatform } from './__testUtils__/ChangeRequestPlatform';
import { FRAUD_SCORER } from './__testUtils__/fraudScorer';

const SMALL_WITH_GPU = {
  pods: 1,
  cpu: 0.25,
  memory: 2 ** 29,
  gpus: 1,
  storage: 0,
};

const database = testDatabase();
let platform: ChangeRequestPlatform;

beforeAll(async () => {
  platform = await ChangeRequestPlatform.start(database, {
    directory: resolve(__dirname, '../../../templates'),
    names: ['decommission', 'training-job'],
  });
});
afterAll(() => platform?.stop());

async function preview(template: string, values: object): Promise<Preview> {
  const response = await platform.preview(
    'ml-engineer',
    { team: 'app-ml-team', ...values },
    `template:default/${template}`,
  );
  expect({ status: response.status, text: response.text }).toMatchObject({
    status: 200,
  });
  return previewSchema.parse(response.body);
}

it('stops a run that neither the queue nor the quota can ever grant', async () => {
  const values = {
    name: 'large-model',
    description: 'Trains a large model',
    image: 'ghcr.io/acme/trainer:1.0.0',
    command: ['python', 'train.py'],
    gpus: 8,
    size: 'extra-large',
    timeLimitHours: 4,
    retries: 1,
  };
  const { report } = await preview('training-job', values);

  const failed = report.checks.filter(({ status }) => status === 'failed');
  const page = 'How it trains';
  expect(failed).toMatchObject([
    {
      id: 'capacity',
      messages: [
        {
          field: { title: 'CPUs and memory', page },
          text: 'Needs 32 GiB of memory, and the whole quota of app-ml-team-dev is 24 GiB of memory. Request less, or ask the platform team for a larger tier.',
        },
        {
          field: { title: 'GPUs', page },
          text: "Needs 8 GPUs, and the queue can never grant more than 4: the team's share is 3, and other teams could lend 1. Request fewer GPUs.",
        },
      ],
    },
  ]);
  expect(report.summary.cost?.texts).toEqual([
    'dev: Job large-model-1 costs EUR 10.08 for each hour that it runs.',
  ]);

  const task = await platform.runTask(
    'ml-engineer',
    { team: 'app-ml-team', ...values },
    'template:default/training-job',
  );
  expect(task.error?.message).toMatch(
    /No pull request was opened.*the queue can never grant more than 4/s,
  );
});

it('says what a new service changes, needs and costs, and who approves', async () => {
  const { report } = await preview('ml-service', FRAUD_SCORER);

  expect(report.summary).toEqual({
    environments: ['dev'],
    cloudEnvironments: ['dev'],
    changes: [
      'Adds 1 Deployment, 1 Service, 1 ServiceAccount, 1 ConfigMap, 1 PodDisruptionBudget, 1 ServiceMonitor and 1 NetworkPolicy in dev.',
      'Adds cloud resources by Terraform in dev (image_repository = true, model_location = s3://models-app-ml-team/fraud/1.4.2).',
      'Adds its entry in the catalog.',
    ],
    needs: [
      {
        environment: 'dev',
        cluster: 'sandbox',
        namespace: 'app-ml-team-dev',
        before: { pods: 0, cpu: 0, memory: 0, gpus: 0, storage: 0 },
        after: SMALL_WITH_GPU,
        most: SMALL_WITH_GPU,
        jobs: { pods: 0, cpu: 0, memory: 0, gpus: 0, storage: 0 },
        queue: { gpus: 3, mostGpus: 4 },
      },
    ],
    cost: {
      currency: 'EUR',
      sample: true,
      texts: [
        'dev: EUR 873.00 a month (1 pod: CPU 0.0100 + memory 0.0025 + GPUs 1.2000 an hour, × 720 hours).',
      ],
    },
    approvals: [
      { approver: 'app-ml-team', reasons: ['It owns the changed files.'] },
    ],
  });
});

it('writes a pull request that says the same, in Markdown without the markup of values', async () => {
  const { pullRequest } = await preview('ml-service', {
    ...FRAUD_SCORER,
    gpu: false,
    modelLocation: 's3://models-app-ml-team/[x](y)/@all/`#1`',
  });

  expect(pullRequest.body)
    .toBe(`\`fraud-scorer\` of \`app-ml-team\`, requested by ml-engineer (\`user:default/ml-engineer\`) with \`template:default/ml-service\`.

\`\`\`text
${FRAUD_SCORER.description}
\`\`\`

### What changes

- Adds 1 Deployment, 1 Service, 1 ServiceAccount, 1 ConfigMap, 1 PodDisruptionBudget, 1 ServiceMonitor and 1 NetworkPolicy in dev.
- Adds cloud resources by Terraform in dev \\(image\\_repository = true, model\\_location = s3://models-app-ml-team/\\[x\\]\\(y\\)/@\u200ball/\\\`\\#1\\\`\\).
- Adds its entry in the catalog.

### Quota and queue

- dev: needs 1 pod, 0.25 CPUs and 512 MiB of memory.

### Cost

- dev: EUR 9.00 a month \\(1 pod: CPU 0.0100 + memory 0.0025 an hour, × 720 hours\\).
- The prices are made up, for demonstration.

### Checks

- 18 of 19 checks passed.

### Who approves

- app-ml-team: It owns the changed files.
- The person who requests a change does not approve it.

### After the merge

- Argo CD applies it in dev within about half a minute. The page of the request in the portal shows when it is healthy, or why it is not.
- The CI of the repository applies the cloud resources in dev, where it is set up to. Pods that need them may fail until then.

### To roll back

- Revert this pull request: what it changed is then applied as it was before.

Opened by the ML platform portal after its checks passed.`);
});

it('names the field of an image that policies refuse', async () => {
  const { report } = await preview('set-image', {
    name: 'ml-backend',
    environment: 'dev',
    image: 'registry.example.org/x:1.0.0',
  });
  expect(report.checks.find(({ status }) => status === 'failed')).toMatchObject(
    {
      id: 'policies',
      messages: [
        {
          text: expect.stringContaining('registry.example.org'),
          field: { title: 'Image', page: 'Which image' },
        },
      ],
    },
  );
});

it.each([
  ['prod', 'failed'],
  ['dev', 'passed'],
])(
  'says for a blocked image in %s that the policies %s',
  async (environment, status) => {
    const { report } = await preview('set-image', {
      name: 'feature-api',
      environment,
      image: 'docker.io/timberio/vector:0.40.0-alpine',
    });
    const message = {
      text: expect.stringMatching(
        /CVE-2024-5535, fixed by libssl3=3.3.1-r1.* not newly deployed to prod\. Deploy a version without it, or ask the platform team for an exception/,
      ),
      field: { title: 'Image', page: 'Which image' },
    };
    expect(report.checks.find(({ id }) => id === 'policies')).toMatchObject({
      status,
      messages: status === 'failed' ? [message] : [],
    });
  },
);

it('names the fields that an image in production changes, and who agrees to its new source', async () => {
  const { report } = await preview('set-image', {
    name: 'ml-backend',
    environment: 'prod',
    image: 'ghcr.io/acme/ml-backend:9.9.9',
  });

  const [before, after] = [
    'ghcr.io/mlflow/mlflow:v2.20.3',
    'ghcr.io/acme/ml-backend:9.9.9',
  ];
  expect(report.summary.changes).toEqual([
    `Changes the image of Deployment ml-backend in prod from ${before} to ${after}.`,
  ]);
  expect(report.objects).toMatchObject([
    {
      environment: 'prod',
      kind: 'Deployment',
      change: 'modified',
      fields: [
        {
          path: 'spec.template.spec.containers[server].image',
          before,
          after,
        },
      ],
    },
  ]);
  expect(report.summary.cost?.texts).toEqual([]);
  const [{ text }] = report.destructive;
  expect(report.summary.approvals).toEqual([
    { approver: 'app-ml-team', reasons: ['It owns the changed files.', text] },
    { approver: 'platform', reasons: [text] },
  ]);
});

it('asks for the name of a workload before it ends in all environments', async () => {
  const values = { name: 'batch-scoring', data: 'none', reason: 'Replaced' };
  const confirmed = async (confirmation: object) => {
    const { report } = await preview('decommission', {
      ...values,
      ...confirmation,
    });
    return report.checks.find(({ id }) => id === 'confirmation');
  };

  // A step has no key for a field that is empty.
  for (const missing of [{}, { confirmation: 'batch' }]) {
    expect(await confirmed(missing)).toMatchObject({
      status: 'failed',
      messages: [
        {
          text: expect.stringMatching(
            /^Type batch-scoring .*batch-scoring is no longer deployed/,
          ),
          field: { title: 'Name of the workload' },
        },
      ],
    });
  }
  expect(await confirmed({ confirmation: 'batch-scoring' })).toMatchObject({
    status: 'passed',
  });
});
