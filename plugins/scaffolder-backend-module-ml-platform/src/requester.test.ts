import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { changeRequestCreatePermission } from '@internal/plugin-ml-platform-common';
import { createTeamAuthorizer } from '@internal/plugin-ml-platform-node';
import { fakePermissions } from '@internal/plugin-ml-platform-node/testing';
import { person } from './__testUtils__/people';
import { authorizeRequester } from './requester';

const PERMISSION = changeRequestCreatePermission.name;

const options = {
  auth: mockServices.auth(),
  config: { serviceCallers: [] },
  authorizer: createTeamAuthorizer(
    fakePermissions({
      'user:default/ml-engineer': { [PERMISSION]: ['app-ml-team'] },
      'user:default/platform-engineer': { [PERMISSION]: 'all' },
      'user:default/nobody': { [PERMISSION]: 'all' },
      'component:default/robot': { [PERMISSION]: 'all' },
    }),
  ),
  catalog: catalogServiceMock({
    entities: [
      person('ml-engineer', 'app-ml-team', 'ML engineer'),
      // The catalog says that they are in the team; the policy decides.
      person('data-engineer', 'app-ml-team', 'Data engineer'),
      person('platform-engineer', 'platform-team', 'Platform engineer'),
      { ...person('robot', 'app-ml-team', 'Robot'), kind: 'Component' },
    ],
  }),
};

function authorize(userRef: string, team: string) {
  return authorizeRequester(
    options,
    { getInitiatorCredentials: async () => mockCredentials.user(userRef) },
    { team },
  );
}

it('lets members request for their team, and platform engineers for every team', async () => {
  await expect(
    authorize('user:default/ml-engineer', 'app-ml-team'),
  ).resolves.toMatchObject({ ref: 'user:default/ml-engineer' });
  await expect(
    authorize('user:default/platform-engineer', 'app-ml-team'),
  ).resolves.toBeDefined();
});

it('refuses everybody else, and says what to do', async () => {
  for (const userRef of [
    'user:default/ml-engineer',
    'user:default/data-engineer',
  ]) {
    await expect(authorize(userRef, 'app-data-team')).rejects.toThrow(
      /may not request changes for app-data-team. Choose a team/,
    );
  }
  await expect(
    authorize('user:default/data-engineer', 'app-ml-team'),
  ).rejects.toThrow(/may not request changes/);
});

it('refuses people who are not users of the catalog', async () => {
  for (const userRef of ['user:default/nobody', 'component:default/robot']) {
    await expect(authorize(userRef, 'app-ml-team')).rejects.toThrow(
      /does not know you/,
    );
  }
});
