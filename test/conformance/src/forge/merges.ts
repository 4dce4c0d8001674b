import { expectLikeReal } from '../expectLikeReal';
import type { Assertions } from '../Suite';
import { normaliseResponse } from './normaliseResponse';
import { PullRequestClient, REPOSITORY } from './PullRequestClient';

/** Merges of pull requests. */
export const merges: Assertions = suite => {
  const pulls = new PullRequestClient(suite);

  suite.assert('an account without the right cannot merge', async () => {
    const { number } = await pulls.create('not-mine');
    await pulls.mergeable(number);
    const { status, body } = await pulls.merge(number, 'portal-bot');
    expect(status).toBe(405);
    expectLikeReal('merge-refused', normaliseResponse(body));
  });

  suite.assert('an outdated head commit is not merged', async () => {
    const { number } = await pulls.create('moved-on');
    await pulls.mergeable(number);
    const { status, body } = await pulls.merge(number, 'platform-engineer', {
      head_commit_id: '0'.repeat(40),
    });
    expect(status).toBe(409);
    expectLikeReal('merge-outdated', normaliseResponse(body));
  });

  suite.assert('a merge keeps the commit and adds a merge commit', async () => {
    const { number, head } = await pulls.create('merged');
    await pulls.mergeable(number);
    const merge = await pulls.merge(number, 'platform-engineer', {
      head_commit_id: head.sha,
      delete_branch_after_merge: true,
    });
    expect({ status: merge.status, text: merge.text }).toEqual({
      status: 200,
      text: '',
    });
    const pull = await pulls.read(number);
    expectLikeReal('pull-request-merged', normaliseResponse(pull));
    const { repository } = suite.target;
    await repository.git('platform-engineer', 'fetch', '--quiet', 'origin');
    const parents = await repository.git(
      'platform-engineer',
      'rev-list',
      '--parents',
      '-1',
      'origin/main',
    );
    expect(parents.split(' ')[0]).toBe(pull.merge_commit_sha);
    expect(parents.split(' ')[2]).toBe(head.sha);
    const branch = await pulls.request(
      'portal-bot',
      'GET',
      `${REPOSITORY}/branches/merged`,
    );
    expect(branch.status).toBe(404);
    const again = await pulls.merge(number, 'platform-engineer');
    expect(again.status).toBe(405);
  });

  suite.assert(
    'a pull request with an outdated base can be merged',
    async () => {
      const { number, merge_base: base } = await pulls.create('stale-base');
      await pulls.mergeable(number);
      await suite.target.repository.commit('Move main', {
        'infra/on.md': 'on\n',
      });
      const pull = await pulls.mergeable(number);
      expect(pull.merge_base).toBe(base);
      const merge = await pulls.merge(number, 'platform-engineer');
      expect(merge.status).toBe(200);
    },
  );

  suite.assert('a pull request with conflicts cannot be merged', async () => {
    const { number } = await pulls.create('in-conflict');
    await pulls.mergeable(number);
    await suite.target.repository.commit('Be first', {
      'infra/in-conflict.md': 'first\n',
    });
    await pulls.mergeable(number, false);
    const merge = await pulls.merge(number, 'platform-engineer');
    expect(merge.status).toBe(405);
  });
};
