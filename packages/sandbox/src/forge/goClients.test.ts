import {
  startForgeFixture,
  type ForgeFixture,
} from '../__testUtils__/forgeFixture';
import { pushBranch } from '../__testUtils__/git';
import { sandboxAccounts, type Account } from './accounts';

const { platformEngineer, portal } = sandboxAccounts;
const HOOK_URL = 'http://127.0.0.1:9/';

/** Fields of requests for pull requests as Go's `encoding/json` writes them when the program sets none. */
const UNSET_PULL = {
  title: '',
  base: '',
  assignee: '',
  assignees: null,
  milestone: 0,
  labels: null,
  due_date: null,
};

describe('requests of Go clients', () => {
  let fixture: ForgeFixture;
  let commit: string;
  beforeAll(async () => {
    fixture = await startForgeFixture({
      'infra/README.md': 'one\n',
      'templates/t.yaml': 'kind: Template\n',
    });
    commit = await pushBranch(fixture.clone, 'a', { 'infra/a': 'a' });
    await pushBranch(fixture.clone, 'other', { 'infra/other': 'a' });
    await fixture.call('post', 'labels', { name: 'first', color: '00aabb' });
    await fixture.call('post', 'pulls', {
      ...UNSET_PULL,
      ...{ title: 'First', head: 'a', base: 'main', body: '' },
      ...{ reviewers: null, team_reviewers: null },
    });
    await fixture.call('post', 'issues/1/labels', { labels: ['first'] });
  });
  afterAll(() => fixture.stop());

  const unsetEdit = {
    ...UNSET_PULL,
    ...{ body: null, state: null, unset_due_date: null },
    allow_maintainer_edit: null,
  };
  const labelled = { labels: [{ name: 'first' }] };

  it.each<[string, object, object]>([
    ['nothing', unsetEdit, { title: 'First', body: '', ...labelled }],
    ['the title', { ...unsetEdit, title: 'T' }, { title: 'T', ...labelled }],
    ['the text', { ...unsetEdit, body: 'B' }, { title: 'T', body: 'B' }],
    ['the text, to none', { ...unsetEdit, body: '' }, { title: 'T', body: '' }],
    ['the base', { ...unsetEdit, base: 'other' }, { base: { ref: 'other' } }],
    [
      'the base back',
      { ...unsetEdit, base: 'main' },
      { base: { ref: 'main' } },
    ],
    [
      'the state',
      { ...unsetEdit, state: 'closed' },
      { title: 'T', state: 'closed', ...labelled },
    ],
    ['the state back', { ...unsetEdit, state: 'open' }, { state: 'open' }],
    ['the labels, to none', { ...unsetEdit, labels: [] }, { labels: [] }],
  ])('change %s of a pull request', async (_name, body, expected) => {
    const response = await fixture.call('patch', 'pulls/1', body);
    expect(response.status).toBe(201);
    expect(response.body).toMatchObject({ state: 'open', ...expected });
  });

  it.each<[string, string, object, number, object, Account?]>([
    [
      'a label',
      'labels',
      {
        name: 'second',
        exclusive: false,
        color: '#00aabb',
        description: '',
        is_archived: false,
      },
      201,
      { name: 'second', description: '', exclusive: false },
    ],
    [
      'no labels of a pull request',
      'issues/1/labels',
      { labels: null },
      200,
      [],
    ],
    ['a comment', 'issues/1/comments', { body: 'Seen' }, 201, { body: 'Seen' }],
    [
      'a review',
      'pulls/1/reviews',
      { event: 'APPROVED', body: '', commit_id: '', comments: null },
      200,
      { state: 'APPROVED', body: '' },
      platformEngineer,
    ],
    [
      'a webhook',
      'hooks',
      {
        ...{ type: 'gitea', config: { url: HOOK_URL, content_type: 'json' } },
        ...{ events: null, branch_filter: '', active: false },
        authorization_header: '',
      },
      201,
      { events: ['push'], active: false },
      platformEngineer,
    ],
    [
      'a status',
      'statuses/a',
      { state: 'success', target_url: '', description: '', context: '' },
      201,
      { status: 'success', target_url: '', description: '', context: '' },
    ],
    [
      'a label without a color',
      'labels',
      { name: 'third', color: '' },
      422,
      { message: '[Color]: Required' },
    ],
    [
      'a comment without text',
      'issues/1/comments',
      { body: '' },
      422,
      { message: '[Body]: Required' },
    ],
    [
      'a pull request without a title',
      'pulls',
      { ...UNSET_PULL, head: 'a', base: 'main' },
      422,
      { message: '[Title]: Required' },
    ],
    [
      'a webhook without a URL',
      'hooks',
      { type: 'gitea', config: { content_type: 'json' }, events: null },
      422,
      { message: 'Missing config option: url' },
      platformEngineer,
    ],
    [
      'a merge without a style',
      'pulls/1/merge',
      { Do: '' },
      422,
      { message: '[Do]: Required' },
      platformEngineer,
    ],
  ])(
    'create %s',
    async (_name, path, body, status, expected, account = portal) => {
      const response = await fixture.call('post', path, body, account);
      expect(response.body).toMatchObject(expected);
      expect(response.status).toBe(status);
    },
  );

  it('edit a webhook, which gets the default events without a list, as in Gitea', async () => {
    const config = { url: HOOK_URL, content_type: 'json', secret: 's' };
    const create = { type: 'gitea', config, events: ['status'], active: true };
    const edit = { config: null, events: null, active: null };
    const { call } = fixture;
    const { id } = (await call('post', 'hooks', create, platformEngineer)).body;
    const path = `hooks/${id}`;
    expect(
      (await call('patch', path, edit, platformEngineer)).body,
    ).toMatchObject({
      config: { url: HOOK_URL, content_type: 'json' },
      events: ['push'],
      active: true,
    });
  });

  it('refuse a state that is unknown', async () => {
    const { status, body } = await fixture.call('patch', 'pulls/1', {
      ...unsetEdit,
      state: 'draft',
    });
    expect([status, body.message]).toEqual([412, 'unknown state: draft']);
  });

  it('read lists with parameters that are unset', async () => {
    const { body } = await fixture.call(
      'get',
      'pulls?state=&sort=&labels=&base_branch=&poster=&page=0&limit=0',
    );
    expect(body).toMatchObject([{ number: 1 }]);
    for (const path of ['/api/v1/user/repos', '/api/v1/orgs/acme/repos']) {
      expect((await fixture.call('get', path)).body).toMatchObject([
        { full_name: 'acme/platform' },
      ]);
    }
    const { body: search } = await fixture.call('get', '/api/v1/repos/search');
    expect(search).toMatchObject({ ok: true, data: [{ name: 'platform' }] });
  });

  it('merge a pull request', async () => {
    const options = {
      ...{ Do: 'merge', MergeCommitID: '', MergeTitleField: '' },
      ...{ MergeMessageField: '', force_merge: false, head_commit_id: '' },
      merge_when_checks_succeed: false,
    };
    const path = 'pulls/1/merge';
    const response = await fixture.call(
      'post',
      path,
      options,
      platformEngineer,
    );
    expect(response.status).toBe(200);
    expect((await fixture.call('get', 'pulls/1')).body).toMatchObject({
      merged: true,
      head: { sha: commit },
    });
  });
});
