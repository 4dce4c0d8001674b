import { mockCredentials } from '@backstage/backend-test-utils';
import type { UserEntity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { assertTeamMember } from './membership';

function user(name: string, group: string): UserEntity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name, namespace: 'default' },
    spec: {},
    relations: [{ type: 'memberOf', targetRef: `group:default/${group}` }],
  };
}

const catalog = catalogServiceMock({
  entities: [
    user('ml-engineer', 'app-ml-team'),
    user('platform-engineer', 'platform-team'),
    { ...user('robot', 'app-ml-team'), kind: 'Component' },
  ],
});

function request(userName: string, team: string) {
  return assertTeamMember({
    catalog,
    credentials: mockCredentials.service(),
    userRef: userName,
    team,
    platformGroup: 'group:default/platform-team',
  });
}

it('lets members request for their team, and platform engineers for every team', async () => {
  await expect(
    request('user:default/ml-engineer', 'app-ml-team'),
  ).resolves.toMatchObject({ metadata: { name: 'ml-engineer' } });
  await expect(
    request('user:default/platform-engineer', 'app-ml-team'),
  ).resolves.toBeDefined();
});

it('refuses everybody else, and says what to do', async () => {
  await expect(
    request('user:default/ml-engineer', 'app-data-team'),
  ).rejects.toThrow(/not a member of app-data-team. Choose a team/);
  await expect(request('user:default/nobody', 'app-ml-team')).rejects.toThrow(
    /does not know you/,
  );
  await expect(
    request('component:default/robot', 'app-ml-team'),
  ).rejects.toThrow(/does not know you/);
});
