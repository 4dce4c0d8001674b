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
import { createTeamAuthorizer, type TeamPermission } from './authorization';
import { teamConditions } from './teamRules';

const SECOND = 1_000;
const KEPT_SECONDS = 5;

const start = Date.now();
const person = (
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
const stranger: PolicyDecision = { result: AuthorizeResult.DENY };

function authorizer(
  decide: (user: string) => Promise<PolicyDecision> = async () => member,
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

it('asks once for a token and a permission in some seconds, however often the same is read', async () => {
  const { asked, may } = authorizer();
  for (let i = 0; i < 10; i += 1) {
    // Credentials are made anew for each request.
    expect(await may(person('ml-engineer'))).toBe(true);
  }
  expect(asked).toHaveBeenCalledTimes(1);

  await may(person('ml-engineer'), findingsReadPermission);
  expect(asked).toHaveBeenCalledTimes(2);
});

it('notices what was revoked after some seconds, and so does what is read all the time', async () => {
  let decision: PolicyDecision = member;
  const { may } = authorizer(async () => decision);
  expect(await may(person('ml-engineer'))).toBe(true);
  decision = stranger;
  for (let i = 1; i < KEPT_SECONDS; i += 1) {
    jest.advanceTimersByTime(SECOND);
    expect(await may(person('ml-engineer'))).toBe(true);
  }
  jest.advanceTimersByTime(SECOND);
  expect(await may(person('ml-engineer'))).toBe(false);
});

it('keeps nothing by a clock that was set back', async () => {
  const { asked, may } = authorizer();
  await may(person('ml-engineer'));
  jest.advanceTimersByTime(KEPT_SECONDS * SECOND);
  jest.setSystemTime(start - 3_600 * SECOND);
  await may(person('ml-engineer'));
  expect(asked).toHaveBeenCalledTimes(2);
});

it('never gives what was decided for one to another: person, actor or token', async () => {
  const { asked, may } = authorizer(async user =>
    user === 'user:default/ml-engineer' ? member : stranger,
  );
  expect(await may(person('ml-engineer'))).toBe(true);
  expect(await may(person('data-engineer'))).toBe(false);
  expect(asked).toHaveBeenCalledTimes(2);

  await may(person('ml-engineer', { actor: 'plugin:scaffolder' }));
  expect(asked).toHaveBeenCalledTimes(3);
  await may(person('ml-engineer', { endsIn: 3_601 }));
  expect(asked).toHaveBeenCalledTimes(4);
});

it('keeps a decision no longer than its token lives', async () => {
  const { asked, may } = authorizer();
  const credentials = person('ml-engineer', { endsIn: 2 });
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
  ['a write', person('ml-engineer'), changeRequestCreatePermission],
  [
    'a service',
    { ...mockCredentials.service(), expiresAt: new Date(start + SECOND) },
    teamReadPermission,
  ],
  [
    'a token without an end',
    mockCredentials.user('user:default/ml-engineer'),
    teamReadPermission,
  ],
])('asks each time for %s', async (_, credentials, permission) => {
  const { asked, may } = authorizer();
  await may(credentials, permission);
  await may(credentials, permission);
  expect(asked).toHaveBeenCalledTimes(2);
});

it('asks a question once that many ask at the same moment, and fails for all of them without keeping that', async () => {
  const answers: Array<(decision: Promise<PolicyDecision>) => void> = [];
  const { asked, may } = authorizer(
    () => new Promise(resolve => answers.push(resolve)),
  );
  const many = Array.from({ length: 5 }, () => may(person('ml-engineer')));
  expect(asked).toHaveBeenCalledTimes(1);
  answers[0](Promise.reject(new Error('The permission backend is away')));
  for (const each of await Promise.allSettled(many)) {
    expect(each.status).toBe('rejected');
  }

  const again = may(person('ml-engineer'));
  expect(asked).toHaveBeenCalledTimes(2);
  answers[1](Promise.resolve(member));
  expect(await again).toBe(true);
});

it('keeps so many and no more, and forgets the oldest first', async () => {
  const { asked, may } = authorizer();
  const LIMIT = 10_000;
  for (let i = 0; i <= LIMIT; i += 1) {
    await may(person(`person-${i}`));
  }
  asked.mockClear();
  await may(person(`person-${LIMIT}`));
  await may(person('person-1'));
  expect(asked).not.toHaveBeenCalled();
  await may(person('person-0'));
  expect(asked).toHaveBeenCalledTimes(1);
});
