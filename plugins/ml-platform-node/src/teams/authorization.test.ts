import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { mockCredentials } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  findingsReadPermission,
  changeRequestCreatePermission,
  TEAM_RESOURCE_TYPE,
  teamReadPermission,
} from '@internal/plugin-ml-platform-common';
import { createTeamAuthorizer } from './authorization';
import type { TeamPermission } from './TeamPermission';
import { teamConditions } from './teamRules';

const SECOND = 1_000;
const TTL_SECONDS = 5;

const start = Date.now();
const user = (
  name: string,
  options: { endsIn?: number; actor?: string } = {},
) =>
  ({
    ...mockCredentials.user(`user:default/${name}`, {
      actor: options.actor ? { subject: options.actor } : undefined,
    }),
    expiresAt: new Date(start + (options.endsIn ?? 3_600) * SECOND),
  } as BackstageCredentials);

const member: PolicyDecision = {
  result: AuthorizeResult.CONDITIONAL,
  pluginId: 'ml-platform',
  resourceType: TEAM_RESOURCE_TYPE,
  conditions: teamConditions.isTeam({ teams: ['app-ml-team'] }),
};
const denied: PolicyDecision = { result: AuthorizeResult.DENY };

function authorizer(
  decide: (userRef: string) => Promise<PolicyDecision> = async () => member,
) {
  const authorizeConditional = jest.fn(
    async (
      _: unknown,
      { credentials }: { credentials: BackstageCredentials },
    ) => [
      await decide(
        (credentials.principal as { userEntityRef: string }).userEntityRef,
      ),
    ],
  );
  const { scope } = createTeamAuthorizer({
    authorize: jest.fn(),
    authorizeConditional: authorizeConditional as never,
  });
  return {
    asked: authorizeConditional,
    may: async (
      credentials: BackstageCredentials,
      permission: TeamPermission = teamReadPermission,
    ) => (await scope(permission, { credentials })).includes('app-ml-team'),
  };
}

beforeEach(() =>
  jest.useFakeTimers({ now: start, doNotFake: ['nextTick', 'setImmediate'] }),
);
afterEach(() => jest.useRealTimers());

it('asks once per token and permission within a few seconds', async () => {
  const { asked, may } = authorizer();
  for (let i = 0; i < 10; i += 1) {
    // Credentials are made anew for each request.
    expect(await may(user('ml-engineer'))).toBe(true);
  }
  expect(asked).toHaveBeenCalledTimes(1);

  await may(user('ml-engineer'), findingsReadPermission);
  expect(asked).toHaveBeenCalledTimes(2);
});

it('notices a revoked permission after a few seconds, also when it is read all the time', async () => {
  let decision: PolicyDecision = member;
  const { may } = authorizer(async () => decision);
  expect(await may(user('ml-engineer'))).toBe(true);
  decision = denied;
  for (let i = 1; i < TTL_SECONDS; i += 1) {
    jest.advanceTimersByTime(SECOND);
    expect(await may(user('ml-engineer'))).toBe(true);
  }
  jest.advanceTimersByTime(SECOND);
  expect(await may(user('ml-engineer'))).toBe(false);
});

it('expires decisions although the clock is set back', async () => {
  const { asked, may } = authorizer();
  await may(user('ml-engineer'));
  jest.advanceTimersByTime(TTL_SECONDS * SECOND);
  jest.setSystemTime(start - 3_600 * SECOND);
  await may(user('ml-engineer'));
  expect(asked).toHaveBeenCalledTimes(2);
});

it('does not share decisions between users, actors or tokens', async () => {
  const { asked, may } = authorizer(async userRef =>
    userRef === 'user:default/ml-engineer' ? member : denied,
  );
  expect(await may(user('ml-engineer'))).toBe(true);
  expect(await may(user('data-engineer'))).toBe(false);
  expect(asked).toHaveBeenCalledTimes(2);

  await may(user('ml-engineer', { actor: 'plugin:scaffolder' }));
  expect(asked).toHaveBeenCalledTimes(3);
  await may(user('ml-engineer', { endsIn: 3_601 }));
  expect(asked).toHaveBeenCalledTimes(4);
});

it('keeps a decision no longer than its token is valid', async () => {
  const { asked, may } = authorizer();
  const credentials = user('ml-engineer', { endsIn: 2 });
  await may(credentials);
  jest.advanceTimersByTime(1_999);
  await may(credentials);
  expect(asked).toHaveBeenCalledTimes(1);
  jest.advanceTimersByTime(1);
  await may(credentials);
  await may(credentials);
  expect(asked).toHaveBeenCalledTimes(3);
});

it.each([
  ['a write', user('ml-engineer'), changeRequestCreatePermission],
  [
    'a service',
    { ...mockCredentials.service(), expiresAt: new Date(start + SECOND) },
    teamReadPermission,
  ],
  [
    'a token that does not expire',
    mockCredentials.user('user:default/ml-engineer'),
    teamReadPermission,
  ],
])('asks each time for %s', async (_, credentials, permission) => {
  const { asked, may } = authorizer();
  await may(credentials, permission);
  await may(credentials, permission);
  expect(asked).toHaveBeenCalledTimes(2);
});

it('shares one request between concurrent questions, and does not cache its failure', async () => {
  const responses: Array<(decision: Promise<PolicyDecision>) => void> = [];
  const { asked, may } = authorizer(
    () => new Promise(resolve => responses.push(resolve)),
  );
  const many = Array.from({ length: 5 }, () => may(user('ml-engineer')));
  expect(asked).toHaveBeenCalledTimes(1);
  responses[0](Promise.reject(new Error('The permission backend is down')));
  for (const each of await Promise.allSettled(many)) {
    expect(each.status).toBe('rejected');
  }

  const again = may(user('ml-engineer'));
  expect(asked).toHaveBeenCalledTimes(2);
  responses[1](Promise.resolve(member));
  expect(await again).toBe(true);
});

it('is bounded, and evicts the oldest decision first', async () => {
  const { asked, may } = authorizer();
  const LIMIT = 10_000;
  for (let i = 0; i <= LIMIT; i += 1) {
    await may(user(`person-${i}`));
  }
  asked.mockClear();
  await may(user(`person-${LIMIT}`));
  await may(user('person-1'));
  expect(asked).not.toHaveBeenCalled();
  await may(user('person-0'));
  expect(asked).toHaveBeenCalledTimes(1);
});
