import request from 'supertest';
import {
  startForgeFixture,
  type ForgeFixture,
} from '../../__testUtils__/forgeFixture';
import { git, pushBranch } from '../../__testUtils__/git';

const HOSTILE = `</title><script>alert(1)</script> "><img src=x onerror=alert(1)> ' & {{7*7}}`;

describe('pages of the forge', () => {
  let fixture: ForgeFixture;
  let commit: string;
  beforeAll(async () => {
    fixture = await startForgeFixture({
      'infra/README.md': 'one\ntwo\n',
      'infra/<b>.md': '<script>alert(2)</script>\n',
      'templates/t.yaml': 'kind: Template\n',
    });
    commit = await pushBranch(fixture.clone, 'ml-platform/a', {
      'infra/README.md': 'one\n<script>alert(3)</script>\n',
    });
    const body = `${HOSTILE}\n\n- [link](https://example.com) [no](javascript:alert(4))\n\n<!-- trailer -->`;
    await fixture.call('post', 'pulls', {
      title: HOSTILE,
      body,
      head: 'ml-platform/a',
      base: 'main',
    });
    await fixture.call('post', `statuses/${commit}`, {
      state: 'success',
      context: HOSTILE,
    });
    await fixture.call('post', 'issues/1/comments', { body: HOSTILE });
  });
  afterAll(() => fixture.stop());

  const visit = (path: string) => request(fixture.forge.url).get(path);
  const press = (path: string, form: object, origin = fixture.forge.url) =>
    request(fixture.forge.url)
      .post(path)
      .set('Origin', origin)
      .type('form')
      .send(form);

  it.each([
    [
      '/acme/platform',
      [
        'infra/',
        'Initial platform repository',
        'git clone http://platform-engineer:sandbox-platform-engineer-token@127.0.0.1:',
      ],
    ],
    [
      '/acme/platform/pulls',
      ['portal-bot', '&lt;/title&gt;&lt;script&gt;alert(1)'],
    ],
    [
      '/acme/platform/pulls/1',
      [
        'Merge pull request',
        'Ada',
        'ada@example.com',
        'two',
        '&lt;script&gt;alert(3)',
        'href="https://example.com"',
      ],
    ],
    [
      '/acme/platform/src/branch/main/infra',
      ['&lt;b&gt;.md', '/infra/%3Cb%3E.md'],
    ],
    [
      '/acme/platform/src/branch/main/infra/%3Cb%3E.md',
      ['&lt;script&gt;alert(2)'],
    ],
    [
      '/acme/platform/src/branch/ml-platform/a/infra/README.md',
      ['&lt;script&gt;alert(3)'],
    ],
    [
      '/acme/platform/src/branch/main/%3Cscript%3E',
      ['File or directory not found'],
    ],
  ])('escapes the content that %s shows', async (path, texts) => {
    const { text, headers } = await visit(path);
    for (const expected of texts) {
      expect(text).toContain(expected);
    }
    expect(text).toContain('sandbox forge');
    expect(text).toContain('You act as <strong>platform-engineer</strong>');
    expect(text).not.toMatch(/<script|<img|href="javascript|trailer/);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
  });

  it('serves raw files as plain text', async () => {
    const { headers, text } = await visit(
      '/acme/platform/raw/branch/main/infra/%3Cb%3E.md',
    );
    expect(text).toBe('<script>alert(2)</script>\n');
    expect(headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'x-content-type-options': 'nosniff',
    });
  });

  it('lets the platform engineer approve', async () => {
    const page = '/acme/platform/pulls/1';
    const { status, headers } = await press(`${page}/approve`, {});
    expect([status, headers.location]).toEqual([303, page]);
    const { text } = await visit(page);
    expect(text).toMatch(/Platform engineer<\/strong>\s+approved this/);
    const { body } = await fixture.call('get', 'pulls/1/reviews');
    expect(body).toMatchObject([{ state: 'APPROVED', official: true }]);
  });

  it('rejects forms of other origins and hosts other than loopback', async () => {
    const form = { head: commit };
    expect(
      (await press('/acme/platform/pulls/1/merge', form, 'http://evil.example'))
        .status,
    ).toBe(403);
    expect(
      (await press('/acme/platform/pulls/1/merge', form, 'null')).status,
    ).toBe(403);
    const bare = await request(fixture.forge.url).post(
      '/acme/platform/pulls/1/close',
    );
    expect(bare.status).toBe(403);
    expect(
      (await visit('/acme/platform').set('Host', 'evil.example')).status,
    ).toBe(421);
    expect((await fixture.call('get', 'pulls/1')).body.state).toBe('open');
  });

  it('merges the reviewed commit as the platform engineer', async () => {
    const stale = await press('/acme/platform/pulls/1/merge', {
      head: '0'.repeat(40),
    });
    expect(stale.status).toBe(409);
    expect(stale.text).toContain('Review the changes again');
    const merged = await press('/acme/platform/pulls/1/merge', {
      head: commit,
      style: 'merge',
      deleteBranch: 'yes',
    });
    expect(merged).toMatchObject({
      status: 303,
      headers: { location: '/acme/platform/pulls/1' },
    });
    const { text } = await visit('/acme/platform/pulls/1');
    expect(text).toContain('Merged');
    expect(text).toContain('alert(3)');
    expect(text).not.toContain('<button');
    await git(fixture.clone, 'fetch', '--quiet', '--prune', 'origin');
    expect(
      await git(
        fixture.clone,
        'branch',
        '--remotes',
        '--format=%(refname:short)',
      ),
    ).not.toContain('ml-platform/a');
    const sha = await git(fixture.clone, 'rev-parse', 'origin/main');
    expect((await visit(`/acme/platform/commit/${sha}`)).text).toContain(
      'infra/README.md',
    );
  });

  it('closes a pull request', async () => {
    await pushBranch(fixture.clone, 'b', { 'infra/b': 'b' });
    await fixture.call('post', 'pulls', {
      title: 'B',
      head: 'b',
      base: 'main',
    });
    expect((await press('/acme/platform/pulls/2/close', {})).status).toBe(303);
    expect((await visit('/acme/platform/pulls/2')).text).toContain(
      'Closed without merging',
    );
    expect((await visit('/acme/platform/pulls?state=closed')).text).toContain(
      '/pulls/2',
    );
  });
});
