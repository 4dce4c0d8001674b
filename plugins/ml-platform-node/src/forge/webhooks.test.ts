import { createHmac } from 'node:crypto';
import { giteaWebhook, githubWebhook, gitlabWebhook } from './webhooks';

const body = Buffer.from('{"number":1}');
const sign = (secret: string, text: Buffer = body) =>
  createHmac('sha256', secret).update(text).digest('hex');

describe.each([
  ['Gitea', giteaWebhook, (hex: string) => hex],
  ['GitHub', githubWebhook, (hex: string) => `sha256=${hex}`],
])('the webhook of %s', (_, webhook, format) => {
  it('takes the signature of the body with the secret, and no other', () => {
    const right = sign('secret');
    expect(webhook.isSigned(body, format(right), 'secret')).toBe(true);
    for (const [signature, secret] of [
      [format(right), 'other'],
      [format(right), undefined],
      [format(right), ''],
      [format(sign('')), ''],
      [format(sign('secret', Buffer.from('{"number":2}'))), 'secret'],
      [`sha256=${format(right)}`, 'secret'],
      [format(right.toUpperCase()), 'secret'],
      [format(right.slice(1)), 'secret'],
      [format(`${right}00`), 'secret'],
      ['', 'secret'],
      [undefined, 'secret'],
    ]) {
      expect(webhook.isSigned(body, signature, secret)).toBe(false);
    }
  });
});

it('takes the secret itself from GitLab', () => {
  expect(gitlabWebhook.isSigned(body, 'secret', 'secret')).toBe(true);
  for (const [token, secret] of [
    ['secret', 'other'],
    ['secret1', 'secret'],
    ['', ''],
    ['', undefined],
    [undefined, undefined],
    [undefined, 'secret'],
  ]) {
    expect(gitlabWebhook.isSigned(body, token, secret)).toBe(false);
  }
});

it.each([
  [giteaWebhook, { number: 7, pull_request: { number: 7 } }, { number: 7 }],
  [giteaWebhook, { sha: 'abc', state: 'success' }, { commit: 'abc' }],
  [giteaWebhook, { ref: 'refs/heads/main' }, { ref: 'refs/heads/main' }],
  [githubWebhook, { action: 'opened', number: 7 }, { number: 7 }],
  [
    githubWebhook,
    { action: 'submitted', review: {}, pull_request: { number: 7 } },
    { number: 7 },
  ],
  [githubWebhook, { check_run: { head_sha: 'abc' } }, { commit: 'abc' }],
  [githubWebhook, { sha: 'abc', state: 'success' }, { commit: 'abc' }],
  [githubWebhook, { ref: 'refs/heads/main' }, { ref: 'refs/heads/main' }],
  [
    gitlabWebhook,
    { object_kind: 'merge_request', object_attributes: { iid: 7, id: 99 } },
    { number: 7 },
  ],
  [
    gitlabWebhook,
    {
      object_kind: 'note',
      object_attributes: { id: 1 },
      merge_request: { iid: 7 },
    },
    { number: 7 },
  ],
  [
    gitlabWebhook,
    {
      object_kind: 'pipeline',
      object_attributes: { iid: 3, sha: 'abc', ref: 'x' },
      merge_request: { iid: 7 },
    },
    { number: 7, commit: 'abc' },
  ],
  [
    gitlabWebhook,
    { object_kind: 'build', sha: 'abc', ref: 'main' },
    { commit: 'abc' },
  ],
  [
    gitlabWebhook,
    { object_kind: 'push', ref: 'refs/heads/main' },
    { ref: 'refs/heads/main' },
  ],
])('reads what an event is about (%#)', (webhook, event, expected) => {
  expect(webhook.read(JSON.stringify(event))).toEqual({
    number: undefined,
    commit: undefined,
    ref: undefined,
    ...expected,
  });
});

it.each([giteaWebhook, githubWebhook, gitlabWebhook])(
  'ignores what is no event',
  webhook => {
    for (const odd of ['', 'x', '[]', '{"number":-1}', 'null', '{"ref":1}']) {
      expect(webhook.read(odd)).toEqual({});
    }
  },
);
