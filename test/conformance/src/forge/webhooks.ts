import { createHmac } from 'node:crypto';
import { expectLikeReal } from '../expectLikeReal';
import type { Assertions } from '../Suite';
import { poll } from '../poll';
import { type Delivery, WebhookReceiver } from './WebhookReceiver';

const REPOSITORY = '/repos/acme/platform';
const SECRET = 'conformance-secret';

/** What the forge tells others of, and how they know that it was the forge. */
export const webhooks: Assertions = suite => {
  let receiver: WebhookReceiver;
  beforeAll(async () => {
    receiver = await WebhookReceiver.start();
  });
  afterAll(async () => {
    await receiver.stop();
  });
  const delivery = (what: string, fits: (one: Delivery) => boolean) =>
    poll(what, 30, async () => receiver.deliveries.find(fits));

  suite.assert(
    'a webhook is made, listed without its secret, and by administrators only',
    async () => {
      const { forge } = suite.target;
      const hook = {
        type: 'gitea',
        active: true,
        events: ['push', 'pull_request', 'status'],
        config: { url: receiver.url, content_type: 'json', secret: SECRET },
      };
      const refused = await forge.request(
        'portal-bot',
        'POST',
        `${REPOSITORY}/hooks`,
        hook,
      );
      expect(refused.status).toBe(403);
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
    60,
  );

  suite.assert(
    'a push is told, signed',
    async () => {
      const commit = await suite.target.repository.commit('Tell of a push', {
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
            message: expect.stringContaining('Tell of a push'),
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
    },
    60,
  );

  suite.assert(
    'a pull request is told from opening to merge',
    async () => {
      const { forge, repository } = suite.target;
      await repository.branch('told', { 'infra/told-branch.md': 'told\n' });
      const { body: pull } = await forge.request<{ number: number }>(
        'portal-bot',
        'POST',
        `${REPOSITORY}/pulls`,
        { title: 'Be told', body: 'Because.', head: 'told', base: 'main' },
      );
      const isAbout = (one: Delivery, action: string) =>
        one.headers['x-gitea-event'] === 'pull_request' &&
        one.body.number === pull.number &&
        one.body.action === action;
      const opened = await delivery('the opening', one =>
        isAbout(one, 'opened'),
      );
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
      await poll('the request to be mergeable', 30, async () => {
        const { body } = await forge.request<{ mergeable: boolean }>(
          'portal-bot',
          'GET',
          `${REPOSITORY}/pulls/${pull.number}`,
        );
        return body.mergeable || undefined;
      });
      await forge.request(
        'platform-engineer',
        'POST',
        `${REPOSITORY}/pulls/${pull.number}/merge`,
        { Do: 'merge' },
      );
      const closed = await delivery('the merge', one => isAbout(one, 'closed'));
      expect(closed.body).toMatchObject({
        pull_request: {
          state: 'closed',
          merged: true,
          merge_commit_sha: expect.stringMatching(/^[0-9a-f]{40}$/),
        },
        sender: { login: 'platform-engineer' },
      });
    },
    60,
  );

  suite.assert(
    'a review and a status are told',
    async () => {
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
    },
    60,
  );
};

function headerNames({ headers }: Delivery): string[] {
  return Object.keys(headers)
    .filter(name => name.startsWith('x-'))
    .sort();
}
