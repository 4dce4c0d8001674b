import { createHmac } from 'node:crypto';
import { waitUntil } from '@internal/real-platform';
import { expectLikeReal } from '../expectLikeReal';
import type { Assertions } from '../Suite';
import { PullRequestClient, REPOSITORY } from './PullRequestClient';
import { type Delivery, WebhookReceiver } from './WebhookReceiver';

const SECRET = 'conformance-secret';

/** Deliveries of webhooks and their signatures. */
export const webhooks: Assertions = suite => {
  const pulls = new PullRequestClient(suite);
  let receiver: WebhookReceiver;
  beforeAll(async () => {
    receiver = await WebhookReceiver.start();
  });
  afterAll(async () => {
    await receiver.stop();
  });
  const delivery = (name: string, matches: (one: Delivery) => boolean) =>
    waitUntil(name, async () => {
      const found = receiver.deliveries.find(matches);
      if (!found) {
        throw new Error('It was not delivered');
      }
      return found;
    });

  suite.assert(
    'only administrators create webhooks, and the list hides their secrets',
    async () => {
      const { forge } = suite.target;
      const hook = {
        type: 'gitea',
        active: true,
        events: ['push', 'pull_request', 'status'],
        config: { url: receiver.url, content_type: 'json', secret: SECRET },
      };
      const forbidden = await forge.request(
        'portal-bot',
        'POST',
        `${REPOSITORY}/hooks`,
        hook,
      );
      expect(forbidden.status).toBe(403);
      const { status, text } = await forge.request(
        'platform-engineer',
        'POST',
        `${REPOSITORY}/hooks`,
        hook,
      );
      expect(status).toBe(201);
      expect(text).not.toContain(SECRET);
      const listed = await forge.request<object[]>(
        'platform-engineer',
        'GET',
        `${REPOSITORY}/hooks`,
      );
      expect(listed.text).toContain(receiver.url);
      expect(listed.text).not.toContain(SECRET);
    },
  );

  suite.assert('a push is delivered with a signature', async () => {
    const commit = await suite.target.repository.commit('Push a file', {
      'infra/told.md': 'told\n',
    });
    const { headers, body, raw } = await delivery(
      'the push',
      one => one.body.after === commit,
    );
    expect(headers['x-gitea-event']).toBe('push');
    expect(headers['x-gitea-signature']).toBe(
      createHmac('sha256', SECRET).update(raw).digest('hex'),
    );
    expect(headers['x-hub-signature-256']).toBe(
      `sha256=${createHmac('sha256', SECRET).update(raw).digest('hex')}`,
    );
    expect(headers['content-type']).toContain('application/json');
    expect(body).toMatchObject({
      ref: 'refs/heads/main',
      before: expect.stringMatching(/^[0-9a-f]{40}$/),
      commits: [
        {
          id: commit,
          message: expect.stringContaining('Push a file'),
          added: ['infra/told.md'],
          removed: [],
          modified: [],
        },
      ],
      total_commits: 1,
      head_commit: { id: commit },
      repository: { full_name: 'acme/platform' },
      pusher: { login: 'platform-engineer' },
    });
  });

  suite.assert(
    'a pull request is delivered from opening to merge',
    async () => {
      const { forge, repository } = suite.target;
      await repository.branch('told', { 'infra/told-branch.md': 'told\n' });
      const { body: pull } = await forge.request<{ number: number }>(
        'portal-bot',
        'POST',
        `${REPOSITORY}/pulls`,
        { title: 'Be told', body: 'Because.', head: 'told', base: 'main' },
      );
      const isFor = (one: Delivery, action: string) =>
        one.headers['x-gitea-event'] === 'pull_request' &&
        one.body.number === pull.number &&
        one.body.action === action;
      const opened = await delivery('the opening', one => isFor(one, 'opened'));
      expectLikeReal('webhook-headers', headerNames(opened));
      expect(opened.body).toMatchObject({
        action: 'opened',
        number: pull.number,
        pull_request: {
          state: 'open',
          merged: false,
          head: { ref: 'told' },
          base: { ref: 'main' },
        },
        sender: { login: 'portal-bot' },
      });
      await pulls.mergeable(pull.number);
      await pulls.merge(pull.number, 'platform-engineer');
      const closed = await delivery('the merge', one => isFor(one, 'closed'));
      expect(closed.body).toMatchObject({
        pull_request: {
          state: 'closed',
          merged: true,
          merge_commit_sha: expect.stringMatching(/^[0-9a-f]{40}$/),
        },
        sender: { login: 'platform-engineer' },
      });
    },
  );

  suite.assert('a review and a status are delivered', async () => {
    const { forge, repository } = suite.target;
    const commit = await repository.branch('judged', {
      'infra/judged.md': 'judged\n',
    });
    const { body: pull } = await forge.request<{ number: number }>(
      'portal-bot',
      'POST',
      `${REPOSITORY}/pulls`,
      { title: 'Be judged', body: '', head: 'judged', base: 'main' },
    );
    await forge.request(
      'platform-engineer',
      'POST',
      `${REPOSITORY}/pulls/${pull.number}/reviews`,
      { event: 'APPROVED' },
    );
    const approved = await delivery(
      'the approval',
      one => one.headers['x-gitea-event'] === 'pull_request_approved',
    );
    expect(approved.headers['x-gitea-event-type']).toBe(
      'pull_request_review_approved',
    );
    expect(approved.body).toMatchObject({
      action: 'reviewed',
      number: pull.number,
      sender: { login: 'platform-engineer' },
    });
    await forge.request(
      'platform-engineer',
      'POST',
      `${REPOSITORY}/statuses/${commit}`,
      { state: 'success', context: 'platform-check' },
    );
    const status = await delivery(
      'the status',
      one => one.headers['x-gitea-event'] === 'status',
    );
    expect(status.body).toMatchObject({
      sha: commit,
      state: 'success',
      context: 'platform-check',
    });
  });
};

function headerNames({ headers }: Delivery): string[] {
  return Object.keys(headers)
    .filter(name => name.startsWith('x-'))
    .sort();
}
