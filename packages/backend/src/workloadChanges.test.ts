import { previewSchema } from '@internal/plugin-ml-platform-common';
import { testDatabase } from '@internal/plugin-ml-platform-node/testing';
import { ChangeRequestPlatform } from './__testUtils__/ChangeRequestPlatform';
import { FRAUD_SCORER } from './__testUtils__/fraudScorer';

let platform: ChangeRequestPlatform;
// Registered first, so that the platform stops before its database does.
afterAll(() => platform?.stop());
const database = testDatabase();
beforeAll(async () => {
  platform = await ChangeRequestPlatform.start(database);
});

const inDev = {
  team: FRAUD_SCORER.team,
  name: FRAUD_SCORER.name,
  environment: 'dev',
};

/** Previews and requests a change, and merges it. @returns the lines that changed */
async function change(
  template: string,
  values: Record<string, unknown>,
): Promise<string[]> {
  const templateRef = `template:default/${template}`;
  const previewed = await platform.preview('ml-engineer', values, templateRef);
  const { report } = previewSchema.parse(previewed.body);
  const task = await platform.runTask(
    'ml-engineer',
    { ...values, previewDigest: report.digest },
    templateRef,
  );
  expect(task.error).toBeUndefined();
  await platform.merge(task.output?.pullRequest?.branch ?? '');
  return platform
    .git('diff', '--unified=0', 'main~1', 'main')
    .split('\n')
    .filter(line => /^[+-](?![+-])/.test(line));
}

it('creates, edits, promotes, rolls back and removes a workload, and sets its image', async () => {
  await change('ml-service', FRAUD_SCORER);
  const created = await platform.answers(
    'ml-engineer',
    FRAUD_SCORER.team,
    FRAUD_SCORER.name,
  );
  expect(created.body).toMatchObject({
    environments: ['dev'],
    mayRequest: true,
    items: [
      {
        environment: 'dev',
        template: 'template:default/ml-service',
        isBehind: false,
        values: FRAUD_SCORER,
      },
    ],
  });
  const edited = { ...FRAUD_SCORER, ...inDev, mode: 'edit', port: 9090 };
  expect(await change('ml-service', edited)).toEqual([
    '-              containerPort: 8080',
    '+              containerPort: 9090',
    '-              value: "8080"',
    '+              value: "9090"',
    '-  port: 8080',
    '+  port: 9090',
  ]);
  const deployed = platform.git('rev-parse', 'main').trim();
  const inStaging = { ...inDev, environment: 'staging' };
  const promotion = async () =>
    (
      await platform.answers(
        'ml-engineer',
        FRAUD_SCORER.team,
        FRAUD_SCORER.name,
      )
    ).body.promotions[0];
  expect(await promotion()).toEqual({ from: 'dev', to: 'staging' });
  await change('promote', { ...inStaging, from: 'dev' });
  expect(await promotion()).toMatchObject({ changes: 0 });
  const image = 'ghcr.io/acme/fraud-scorer:1.5.0';
  expect(await change('set-image', { ...inDev, image })).toEqual([
    '-          image: "ghcr.io/acme/fraud-scorer:1.4.2"',
    '+          image: "ghcr.io/acme/fraud-scorer:1.5.0"',
    '-  image: "ghcr.io/acme/fraud-scorer:1.4.2"',
    '+  image: "ghcr.io/acme/fraud-scorer:1.5.0"',
  ]);
  expect(await promotion()).toMatchObject({ changes: 1 });
  expect(await change('roll-back', { ...inDev, commit: deployed })).toEqual([
    '-          image: "ghcr.io/acme/fraud-scorer:1.5.0"',
    '+          image: "ghcr.io/acme/fraud-scorer:1.4.2"',
    '-  image: "ghcr.io/acme/fraud-scorer:1.5.0"',
    '+  image: "ghcr.io/acme/fraud-scorer:1.4.2"',
  ]);
  await change('ml-service', { ...edited, mode: 'remove' });
  await change('ml-service', { ...edited, ...inStaging, mode: 'remove' });
  expect(platform.git('ls-tree', '-r', '--name-only', 'main')).not.toContain(
    FRAUD_SCORER.name,
  );
});

it('changes nothing of another team, and nothing that does not exist', async () => {
  const task = await platform.runTask(
    'data-engineer',
    { ...inDev, name: 'ml-backend', image: 'ghcr.io/acme/x:1' },
    'template:default/set-image',
  );
  expect(task.error?.message).toMatch(
    /may not request changes for app-ml-team/,
  );
  const unknown = await platform.runTask(
    'ml-engineer',
    { ...inDev, name: 'absent', image: 'ghcr.io/acme/x:1' },
    'template:default/set-image',
  );
  expect(unknown.error?.message).toMatch(/has no workload named absent/);
  const foreign = await platform.answers(
    'ml-engineer',
    'app-ml-team',
    encodeURIComponent('../app-data-team/data-api'),
  );
  expect(foreign.status).toBe(404);
});
