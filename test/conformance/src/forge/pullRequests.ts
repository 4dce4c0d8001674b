import { expectLikeReal } from '../expectLikeReal';
import { poll } from '../poll';
import type { Assertions } from '../Suite';
import type { ForgeUser } from '../targets/ForgeApi';
import { forgeAnswer } from './forgeAnswer';

const REPOSITORY = '/repos/acme/platform';
const PULLS = `${REPOSITORY}/pulls`;

interface Pull {
  number: number;
  state: string;
  merged: boolean;
  mergeable: boolean;
  merge_commit_sha: string | null;
  merge_base: string;
  labels: Array<{ name: string }>;
  head: { ref: string; sha: string; label: string };
  base: { ref: string; sha: string };
}

/** Pull requests, as the portal opens, finds and follows them. */
export const pullRequests: Assertions = suite => {
  const request = <T = unknown>(
    user: ForgeUser,
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body?: object,
  ) => suite.target.forge.request<T>(user, method, path, body);
  const open = (branch: string, more: object = {}) =>
    request<Pull>('portal-bot', 'POST', PULLS, {
      title: `Add ${branch}`,
      body: 'Because.',
      head: branch,
      base: 'main',
      ...more,
    });
  /** A pull request that adds a file called by its branch. */
  const opened = async (branch: string, more: object = {}) => {
    await suite.target.repository.branch(branch, {
      [`infra/${branch}.md`]: `${branch}\n`,
    });
    const { status, body } = await open(branch, more);
    expect(status).toBe(201);
    return body;
  };
  /** As Gitea says: it finds out in the background. */
  const mergeable = (number: number, value = true) =>
    poll(`request ${number} to be mergeable`, 30, async () => {
      const { body } = await request<Pull>(
        'portal-bot',
        'GET',
        `${PULLS}/${number}`,
      );
      return body.mergeable === value ? body : undefined;
    });

  suite.assert(
    'a pull request',
    async () => {
      const label = await request<{ id: number }>(
        'platform-engineer',
        'POST',
        `${REPOSITORY}/labels`,
        { name: 'conformance', color: '#1f6feb' },
      );
      expect(label.status).toBe(201);
      const { number } = await opened('opened', { labels: [label.body.id] });
      const pull = await mergeable(number);
      expectLikeReal('pull-request', forgeAnswer(pull));
    },
    60,
  );

  suite.assert(
    'a second one for the same branches',
    async () => {
      const { number } = await opened('twice');
      const { status, body, text } = await open('twice');
      expect(status).toBe(409);
      expect((body as unknown as { message: string }).message).toMatch(
        new RegExp(
          `^pull request already exists for these targets \\[id: \\d+, issue_id: \\d+, head_repo_id: \\d+, base_repo_id: \\d+, head_branch: twice, base_branch: main\\]$`,
        ),
      );
      expect(text).not.toContain('"number"');
      await request('portal-bot', 'PATCH', `${PULLS}/${number}`, {
        state: 'closed',
      });
      expect((await open('twice')).status).toBe(201);
    },
    60,
  );

  suite.assert('one from a branch that is not there', async () => {
    const { status, body } = await open('nowhere');
    expect(status).toBe(404);
    expectLikeReal('forge-not-found', forgeAnswer(body));
  });

  suite.assert('one that is not there', async () => {
    const { status, body } = await request(
      'portal-bot',
      'GET',
      `${PULLS}/99999`,
    );
    expect(status).toBe(404);
    expectLikeReal('pull-request-not-found', forgeAnswer(body));
  });

  suite.assert(
    'lists by state, newest first, with how many there are',
    async () => {
      const first = await opened('listed-first');
      const second = await opened('listed-second');
      const { body, headers } = await request<Pull[]>(
        'portal-bot',
        'GET',
        `${PULLS}?state=open&limit=50&page=1`,
      );
      const numbers = body.map(({ number }) => number);
      expect(numbers.indexOf(second.number)).toBeLessThan(
        numbers.indexOf(first.number),
      );
      expect(headers.get('x-total-count')).toBe(String(numbers.length));
      const limited = await request<Pull[]>(
        'portal-bot',
        'GET',
        `${PULLS}?state=open&limit=1&page=1`,
      );
      expect(limited.body).toHaveLength(1);
      expect(limited.headers.get('link')).toContain('rel="next"');
      const closed = await request<Pull[]>(
        'portal-bot',
        'GET',
        `${PULLS}?state=closed`,
      );
      expect(closed.body.every(({ state }) => state === 'closed')).toBe(true);
    },
    60,
  );

  suite.assert(
    'lists by label',
    async () => {
      const label = await request<{ id: number }>(
        'platform-engineer',
        'POST',
        `${REPOSITORY}/labels`,
        { name: 'found-by', color: '#d4c5f9' },
      );
      const { number } = await opened('labelled');
      const added = await request<Array<{ name: string }>>(
        'portal-bot',
        'POST',
        `${REPOSITORY}/issues/${number}/labels`,
        { labels: [label.body.id] },
      );
      expect(added.status).toBe(200);
      expect(added.body.map(({ name }) => name)).toEqual(['found-by']);
      const { body } = await request<Pull[]>(
        'portal-bot',
        'GET',
        `${PULLS}?state=open&labels=${label.body.id}`,
      );
      expect(body.map(pull => pull.number)).toEqual([number]);
    },
    60,
  );

  suite.assert(
    'its difference and its files',
    async () => {
      const { number } = await opened('different');
      const diff = await request(
        'portal-bot',
        'GET',
        `${PULLS}/${number}.diff`,
      );
      expect(diff.status).toBe(200);
      expect(diff.headers.get('content-type')).toContain('text/plain');
      expect(diff.text).toMatch(
        /^diff --git a\/infra\/different.md b\/infra\/different.md\nnew file mode 100644\nindex 0{7,40}\.\.[0-9a-f]{7,40}\n--- \/dev\/null\n\+\+\+ b\/infra\/different.md\n@@ -0,0 \+1 @@\n\+different\n$/,
      );
      const files = await request(
        'portal-bot',
        'GET',
        `${PULLS}/${number}/files`,
      );
      expectLikeReal('pull-request-files', forgeAnswer(files.body));
      const commits = await request<Array<{ sha: string }>>(
        'portal-bot',
        'GET',
        `${PULLS}/${number}/commits`,
      );
      expect(commits.body).toHaveLength(1);
    },
    60,
  );

  suite.assert(
    'only who may merge merges',
    async () => {
      const { number } = await opened('not-mine');
      await mergeable(number);
      const { status, body } = await request(
        'portal-bot',
        'POST',
        `${PULLS}/${number}/merge`,
        { Do: 'merge' },
      );
      expect(status).toBe(405);
      expectLikeReal('merge-refused', forgeAnswer(body));
    },
    60,
  );

  suite.assert(
    'what was not reviewed is not merged',
    async () => {
      const { number } = await opened('moved-on');
      await mergeable(number);
      const { status, body } = await request(
        'platform-engineer',
        'POST',
        `${PULLS}/${number}/merge`,
        { Do: 'merge', head_commit_id: '0'.repeat(40) },
      );
      expect(status).toBe(409);
      expectLikeReal('merge-outdated', forgeAnswer(body));
    },
    60,
  );

  suite.assert(
    'a merge keeps the commit and makes another',
    async () => {
      const { number, head } = await opened('merged');
      await mergeable(number);
      const merge = await request(
        'platform-engineer',
        'POST',
        `${PULLS}/${number}/merge`,
        {
          Do: 'merge',
          head_commit_id: head.sha,
          delete_branch_after_merge: true,
        },
      );
      expect({ status: merge.status, text: merge.text }).toEqual({
        status: 200,
        text: '',
      });
      const { body } = await request<Pull>(
        'portal-bot',
        'GET',
        `${PULLS}/${number}`,
      );
      expectLikeReal('pull-request-merged', forgeAnswer(body));
      const { repository } = suite.target;
      await repository.git('platform-engineer', 'fetch', '--quiet', 'origin');
      const parents = await repository.git(
        'platform-engineer',
        'rev-list',
        '--parents',
        '-1',
        'origin/main',
      );
      expect(parents.split(' ')[0]).toBe(body.merge_commit_sha);
      expect(parents.split(' ')[2]).toBe(head.sha);
      const branch = await request(
        'portal-bot',
        'GET',
        `${REPOSITORY}/branches/merged`,
      );
      expect(branch.status).toBe(404);
      const again = await request(
        'platform-engineer',
        'POST',
        `${PULLS}/${number}/merge`,
        { Do: 'merge' },
      );
      expect(again.status).toBe(405);
    },
    60,
  );

  suite.assert(
    'one whose base has moved can be merged still',
    async () => {
      const { number, merge_base: base } = await opened('stale-base');
      await mergeable(number);
      await suite.target.repository.commit('Go on', { 'infra/on.md': 'on\n' });
      const pull = await mergeable(number);
      expect(pull.merge_base).toBe(base);
      const merge = await request(
        'platform-engineer',
        'POST',
        `${PULLS}/${number}/merge`,
        { Do: 'merge' },
      );
      expect(merge.status).toBe(200);
    },
    60,
  );

  suite.assert(
    'one in conflict with its base cannot',
    async () => {
      const { number } = await opened('in-conflict');
      await mergeable(number);
      await suite.target.repository.commit('Be first', {
        'infra/in-conflict.md': 'first\n',
      });
      await mergeable(number, false);
      const merge = await request(
        'platform-engineer',
        'POST',
        `${PULLS}/${number}/merge`,
        { Do: 'merge' },
      );
      expect(merge.status).toBe(405);
    },
    60,
  );
};
