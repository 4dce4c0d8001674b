import { expectLikeReal } from '../expectLikeReal';
import type { Assertions } from '../Suite';
import { normaliseResponse } from './normaliseResponse';
import {
  PullRequestClient,
  PULLS,
  REPOSITORY,
  type Pull,
} from './PullRequestClient';

/** Pull requests, with the portal's queries. */
export const pullRequests: Assertions = suite => {
  const pulls = new PullRequestClient(suite);

  suite.assert('a pull request', async () => {
    const label = await pulls.request<{ id: number }>(
      'platform-engineer',
      'POST',
      `${REPOSITORY}/labels`,
      { name: 'conformance', color: '#1f6feb' },
    );
    expect(label.status).toBe(201);
    const { number } = await pulls.create('opened', {
      labels: [label.body.id],
    });
    const pull = await pulls.mergeable(number);
    expectLikeReal('pull-request', normaliseResponse(pull));
  });

  suite.assert('a second pull request for the same branches', async () => {
    const { number } = await pulls.create('twice');
    const { status, body, text } = await pulls.open('twice');
    expect(status).toBe(409);
    expect((body as unknown as { message: string }).message).toMatch(
      new RegExp(
        `^pull request already exists for these targets \\[id: \\d+, issue_id: \\d+, head_repo_id: \\d+, base_repo_id: \\d+, head_branch: twice, base_branch: main\\]$`,
      ),
    );
    expect(text).not.toContain('"number"');
    await pulls.request('portal-bot', 'PATCH', `${PULLS}/${number}`, {
      state: 'closed',
    });
    expect((await pulls.open('twice')).status).toBe(201);
  });

  suite.assert('a pull request from a missing branch', async () => {
    const { status, body } = await pulls.open('nowhere');
    expect(status).toBe(404);
    expectLikeReal('forge-not-found', normaliseResponse(body));
  });

  suite.assert('a missing pull request', async () => {
    const { status, body } = await pulls.request(
      'portal-bot',
      'GET',
      `${PULLS}/99999`,
    );
    expect(status).toBe(404);
    expectLikeReal('pull-request-not-found', normaliseResponse(body));
  });

  suite.assert(
    'lists by state, newest first, with the total count',
    async () => {
      const first = await pulls.create('listed-first');
      const second = await pulls.create('listed-second');
      const { body, headers } = await pulls.request<Pull[]>(
        'portal-bot',
        'GET',
        `${PULLS}?state=open&limit=50&page=1`,
      );
      const numbers = body.map(({ number }) => number);
      expect(numbers.indexOf(second.number)).toBeLessThan(
        numbers.indexOf(first.number),
      );
      expect(headers.get('x-total-count')).toBe(String(numbers.length));
      const limited = await pulls.request<Pull[]>(
        'portal-bot',
        'GET',
        `${PULLS}?state=open&limit=1&page=1`,
      );
      expect(limited.body).toHaveLength(1);
      expect(limited.headers.get('link')).toContain('rel="next"');
      const closed = await pulls.request<Pull[]>(
        'portal-bot',
        'GET',
        `${PULLS}?state=closed`,
      );
      expect(closed.body.every(({ state }) => state === 'closed')).toBe(true);
    },
  );

  suite.assert('lists by label', async () => {
    const label = await pulls.request<{ id: number }>(
      'platform-engineer',
      'POST',
      `${REPOSITORY}/labels`,
      { name: 'found-by', color: '#d4c5f9' },
    );
    const { number } = await pulls.create('labelled');
    const added = await pulls.request<Array<{ name: string }>>(
      'portal-bot',
      'POST',
      `${REPOSITORY}/issues/${number}/labels`,
      { labels: [label.body.id] },
    );
    expect(added.status).toBe(200);
    expect(added.body.map(({ name }) => name)).toEqual(['found-by']);
    const { body } = await pulls.request<Pull[]>(
      'portal-bot',
      'GET',
      `${PULLS}?state=open&labels=${label.body.id}`,
    );
    expect(body.map(pull => pull.number)).toEqual([number]);
  });

  suite.assert('the diff and the files of a pull request', async () => {
    const { number } = await pulls.create('different');
    const diff = await pulls.request(
      'portal-bot',
      'GET',
      `${PULLS}/${number}.diff`,
    );
    expect(diff.status).toBe(200);
    expect(diff.headers.get('content-type')).toContain('text/plain');
    expect(diff.text).toMatch(
      /^diff --git a\/infra\/different.md b\/infra\/different.md\nnew file mode 100644\nindex 0{7,40}\.\.[0-9a-f]{7,40}\n--- \/dev\/null\n\+\+\+ b\/infra\/different.md\n@@ -0,0 \+1 @@\n\+different\n$/,
    );
    const files = await pulls.request(
      'portal-bot',
      'GET',
      `${PULLS}/${number}/files`,
    );
    expectLikeReal('pull-request-files', normaliseResponse(files.body));
    const commits = await pulls.request<Array<{ sha: string }>>(
      'portal-bot',
      'GET',
      `${PULLS}/${number}/commits`,
    );
    expect(commits.body).toHaveLength(1);
  });
};
