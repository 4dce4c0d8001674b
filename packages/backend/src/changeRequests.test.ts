import {
  previewSchema,
  type Preview,
} from '@internal/plugin-ml-platform-common';
import { testDatabase } from '@internal/plugin-ml-platform-node/testing';
import { ChangeRequestPlatform } from './__testUtils__/ChangeRequestPlatform';
import { FRAUD_SCORER } from './__testUtils__/fraudScorer';

const DIRECTORY = 'infra/gitops/workloads/app-ml-team/fraud-scorer';
const BRANCH = 'ml-platform/ml-service/app-ml-team/fraud-scorer';

const database = testDatabase();
let platform: ChangeRequestPlatform;

/** Starts one platform for all tests of a group. */
function startForAll(prepare?: () => Promise<void>) {
  beforeAll(async () => {
    platform = await ChangeRequestPlatform.start(database);
    await prepare?.();
  });
  afterAll(() => platform?.stop());
}

async function preview(values: object): Promise<Preview> {
  const response = await platform.preview('ml-engineer', values);
  expect({ status: response.status, text: response.text }).toMatchObject({
    status: 200,
  });
  return previewSchema.parse(response.body);
}

async function names(name: string) {
  const response = await platform.name('ml-engineer', 'app-ml-team', name);
  return response.body;
}

describe('without a change request', () => {
  startForAll();

  it('rejects other teams in preview, name check and task', async () => {
    const previewed = await platform.preview('data-engineer', FRAUD_SCORER);
    expect(previewed.status).toBe(403);
    expect(previewed.body.error.message).toMatch(
      /Choose a team that you are in/,
    );
    const named = await platform.name('data-engineer', 'app-ml-team', 'free');
    expect(named.status).toBe(403);

    const task = await platform.runTask('data-engineer', FRAUD_SCORER);
    expect(task.error?.message).toMatch(
      /may not request changes for app-ml-team/,
    );
    expect(platform.branches()).toEqual([]);
  });

  it('lists the invalid fields', async () => {
    const response = await platform.preview('ml-engineer', {
      ...FRAUD_SCORER,
      port: 80,
      size: 'huge',
      description: undefined,
    });
    expect(response.status).toBe(400);
    expect(response.body.error.message.split('\n')).toEqual([
      'Some fields are invalid.',
      '- Description: is required',
      '- Port: must be greater than or equal to 1024',
      '- Size: is not one of enum values: small,medium,large',
    ]);
    const odd = await platform.preview('ml-engineer', {
      ...FRAUD_SCORER,
      description: 'a\u0085b',
    });
    expect(odd.status).toBe(400);
    expect(odd.body.error.message).toMatch(
      /\n- Description: contains the character U\+0085/,
    );
    const unknown = await platform.preview(
      'ml-engineer',
      FRAUD_SCORER,
      'template:x/y',
    );
    expect(unknown.status).toBe(404);
  });

  it('reports a latest image and a name in use in the preview, and stops the task', async () => {
    const bad = {
      ...FRAUD_SCORER,
      name: 'ml-backend',
      image: 'acme/scorer:latest',
    };
    const { report } = await preview(bad);
    const failed = report.checks.filter(({ status }) => status === 'failed');
    expect(failed.map(({ id }) => id)).toContain('merge');
    const latest = await preview({
      ...FRAUD_SCORER,
      image: 'acme/scorer:latest',
    });
    expect(JSON.stringify(latest.report.checks)).toContain('latest');

    const task = await platform.runTask('ml-engineer', bad);
    expect(task.error?.message).toMatch(
      /already has a workload named ml-backend. Choose another name/,
    );
    const stopped = await platform.runTask('ml-engineer', {
      ...FRAUD_SCORER,
      image: 'acme/scorer:latest',
    });
    expect(stopped.error?.message).toMatch(/checks failed[\s\S]*latest/);
    expect(platform.branches()).toEqual([]);
  });

  it('reports the availability of a name', async () => {
    await expect(names('free')).resolves.toEqual({
      available: true,
      unchecked: [],
    });
    await expect(names('Not-A-Name')).resolves.toMatchObject({
      available: false,
      reason: expect.stringContaining('lower-case'),
    });
    await expect(names('ml-backend')).resolves.toMatchObject({
      available: false,
      reason:
        'app-ml-team already has a workload ml-backend. Choose another name.',
    });
    await expect(names('data-api')).resolves.toMatchObject({
      available: false,
      reason: expect.stringContaining(
        'catalog already has a component data-api',
      ),
      link: { url: '/catalog/default/component/data-api' },
    });
  });
});

describe('with a valid request', () => {
  startForAll();

  it('opens exactly the pull request of the preview', async () => {
    const shown = await preview(FRAUD_SCORER);
    expect(shown.report.checks.filter(c => c.status !== 'passed')).toEqual([]);
    expect(shown.pullRequest.branch).toBe(BRANCH);
    expect(platform.branches()).toEqual([]);

    const task = await platform.runTask('ml-engineer', {
      ...FRAUD_SCORER,
      previewDigest: shown.report.digest,
    });
    expect(task.error).toBeUndefined();
    expect(task.output?.pullRequest).toMatchObject({
      ...shown.pullRequest,
      url: expect.stringMatching(/^http/),
    });
    expect(platform.branches()).toEqual([BRANCH]);
    const diff = platform.git(
      'diff',
      '--no-renames',
      '--full-index',
      'main',
      BRANCH,
    );
    expect(diff).toBe(shown.report.files.map(file => file.diff).join(''));
    expect(
      platform.git('show', `${BRANCH}:${DIRECTORY}/catalog-info.yaml`),
    ).toContain(JSON.stringify(FRAUD_SCORER.description));

    const overlay = (environment: string) =>
      platform.git(
        'show',
        `${BRANCH}:${DIRECTORY}/overlays/${environment}/kustomization.yaml`,
      );
    expect(overlay('dev')).toContain('- dashboard');
    expect(shown.report.files.map(({ path }) => path)).not.toContainEqual(
      expect.stringContaining('/prod/'),
    );

    const again = await platform.runTask('ml-engineer', FRAUD_SCORER);
    expect(again.output?.pullRequest?.url).toBe(task.output?.pullRequest?.url);
    const other = await preview(FRAUD_SCORER);
    expect(other.pullRequest.existing).toEqual({
      url: task.output?.pullRequest?.url,
      number: expect.any(Number),
      requester: 'user:default/ml-engineer',
    });
    await expect(names('fraud-scorer')).resolves.toMatchObject({
      available: false,
      reason: expect.stringContaining(
        'A pull request for fraud-scorer is open',
      ),
      link: { url: task.output?.pullRequest?.url },
    });
  });
});

describe('without the platform repository', () => {
  startForAll(() => platform.stopForge());

  it('reports a name as unchecked', async () => {
    await expect(names('free')).resolves.toEqual({
      available: true,
      unchecked: ['platform repository', 'open pull requests'],
    });
  });

  it('shows no hosts, paths or stack traces', async () => {
    const response = await platform.preview('ml-engineer', FRAUD_SCORER);
    expect(response.status).toBe(503);
    const { message } = response.body.error;
    expect(message).toMatch(/try again/i);
    expect(message).not.toMatch(/127\.0\.0\.1|localhost|\/tmp|\bat /);
  });
});
