import { mockCredentials } from '@backstage/backend-test-utils';
import {
  PREVIEW_GRANT_SECRET,
  formatPreviewGrant,
} from '@internal/plugin-ml-platform-node';
import { ChangeRequestFixture } from '../__testUtils__/ChangeRequestFixture';
import type { TaskOptions } from '../__testUtils__/ChangeRequestTask';

let fixture: ChangeRequestFixture;

beforeAll(async () => {
  fixture = await ChangeRequestFixture.create();
});
afterAll(async () => {
  await fixture.stop();
});

it('accepts a requester and a team only from the preview route', async () => {
  const grant = (requester: string, team: string) => ({
    [PREVIEW_GRANT_SECRET]: formatPreviewGrant({ requester, team }),
  });
  const secrets = grant('user:default/ml-engineer', 'app-ml-team');
  const preview = mockCredentials.service('plugin:ml-platform');
  const other = mockCredentials.service('plugin:other');
  const checkout = async (options: TaskOptions) =>
    (await fixture.task(options)).checkout();

  await expect(
    checkout({ dryRun: true, credentials: preview, secrets }),
  ).resolves.toMatchObject({ exists: false });
  for (const options of [
    { dryRun: false, credentials: preview, secrets },
    { dryRun: true, credentials: other, secrets },
    { dryRun: true, credentials: preview },
    {
      dryRun: true,
      credentials: preview,
      secrets: { [PREVIEW_GRANT_SECRET]: 'user:default/ml-engineer' },
    },
  ]) {
    await expect(checkout(options)).rejects.toThrow(/Only signed-in users/);
  }
  await expect(
    checkout({ user: 'data-engineer', dryRun: true, secrets }),
  ).rejects.toThrow(/may not request changes/);
  await expect(
    checkout({
      dryRun: true,
      credentials: preview,
      secrets: grant('user:default/ml-engineer', 'app-data-team'),
    }),
  ).rejects.toThrow(/This preview is for app-data-team/);
  await expect(
    checkout({
      dryRun: true,
      credentials: preview,
      secrets: grant('component:default/taken-elsewhere', 'app-ml-team'),
    }),
  ).rejects.toThrow(/does not know you/);
});
