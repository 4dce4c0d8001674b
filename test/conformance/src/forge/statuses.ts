import { expectLikeReal } from '../expectLikeReal';
import type { Assertions } from '../Suite';
import { normaliseResponse } from './normaliseResponse';
import { REPOSITORY } from './PullRequestClient';

/** Statuses of a commit. */
export const statuses: Assertions = suite => {
  suite.assert('the statuses of a commit and the combined status', async () => {
    const { forge, repository } = suite.target;
    const commit = await repository.branch('checked', {
      'infra/checked.md': 'checked\n',
    });
    const none = await forge.request<{ state: string; total_count: number }>(
      'portal-bot',
      'GET',
      `${REPOSITORY}/commits/${commit}/status`,
    );
    expect(none.body.total_count).toBe(0);
    expectLikeReal('status-none', { state: none.body.state });
    const setStatus = (state: string, context: string) =>
      forge.request<{ id: number }>(
        'platform-engineer',
        'POST',
        `${REPOSITORY}/statuses/${commit}`,
        {
          state,
          context,
          description: `It is ${state}`,
          target_url: 'https://ci.example.com/1',
        },
      );
    const combined = async () => {
      const { body } = await forge.request<{
        state: string;
        statuses: Array<{ context: string; status: string }>;
      }>('portal-bot', 'GET', `${REPOSITORY}/commits/${commit}/status`);
      return {
        state: body.state,
        statuses: body.statuses
          .map(({ context, status }) => `${context}: ${status}`)
          .sort(),
      };
    };
    const pending = await setStatus('pending', 'platform-check');
    expect(pending.status).toBe(201);
    expectLikeReal('status', normaliseResponse(pending.body));
    expect(await combined()).toEqual({
      state: 'pending',
      statuses: ['platform-check: pending'],
    });
    await setStatus('success', 'platform-check');
    await setStatus('failure', 'plan');
    expect(await combined()).toEqual({
      state: 'failure',
      statuses: ['plan: failure', 'platform-check: success'],
    });
    await setStatus('success', 'plan');
    expect((await combined()).state).toBe('success');
  });
};
