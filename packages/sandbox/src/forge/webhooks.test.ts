import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventually } from '../__testUtils__/eventually';
import {
  startForgeFixture,
  type ForgeFixture,
} from '../__testUtils__/forgeFixture';
import { pushBranch } from '../__testUtils__/git';
import { sandboxAccounts } from './accounts';

const { platformEngineer } = sandboxAccounts;

describe('webhooks', () => {
  let fixture: ForgeFixture;
  beforeEach(async () => {
    fixture = await startForgeFixture({
      'infra/README.md': 'one\ntwo\nthree\n',
      'templates/t.yaml': 'kind: Template\n',
    });
  });
  afterEach(() => fixture.stop());

  const open = (head: string, extra: object = {}) =>
    fixture.call('post', 'pulls', {
      title: `Request of ${head}`,
      head,
      base: 'main',
      ...extra,
    });
  const merge = (number: number, body: object = { Do: 'merge' }) =>
    fixture.call('post', `pulls/${number}/merge`, body, platformEngineer);

  it('delivers signed events', async () => {
    const { call, clone } = fixture;
    const received: { headers: IncomingHttpHeaders; text: string }[] = [];
    const receiver = createServer(async (request, response) => {
      const chunks = await request.toArray();
      received.push({
        headers: request.headers,
        text: Buffer.concat(chunks).toString(),
      });
      response.end();
    });
    await new Promise<void>(resolve =>
      receiver.listen(0, '127.0.0.1', resolve),
    );
    const url = `http://127.0.0.1:${
      (receiver.address() as AddressInfo).port
    }/hook`;
    const config = { url, content_type: 'json', secret: 'shared' };
    const hook = {
      type: 'gitea',
      active: true,
      events: ['push', 'pull_request', 'status'],
      config,
    };
    const elsewhere = {
      ...hook,
      config: { ...config, url: 'http://192.0.2.1/' },
    };
    expect(
      (await call('post', 'hooks', elsewhere, platformEngineer)).status,
    ).toBe(422);
    const created = await call('post', 'hooks', hook, platformEngineer);
    expect(created.status).toBe(201);
    expect(created.text).not.toContain('shared');

    const commit = await pushBranch(clone, 'a', { 'infra/a': 'a' });
    await open('a');
    await call(
      'post',
      'pulls/1/reviews',
      { event: 'APPROVED' },
      platformEngineer,
    );
    await call('post', `statuses/${commit}`, {
      state: 'success',
      context: 'platform-check',
    });
    await merge(1);
    await eventually(() => expect(received.length).toBeGreaterThanOrEqual(6));
    receiver.close();
    receiver.closeAllConnections();

    for (const { headers, text } of received) {
      const signature = createHmac('sha256', 'shared')
        .update(text)
        .digest('hex');
      expect(headers['x-gitea-signature']).toBe(signature);
      expect(headers['x-hub-signature-256']).toBe(`sha256=${signature}`);
    }
    const sent = received.map(({ headers, text }) => ({
      event: headers['x-gitea-event'],
      type: headers['x-gitea-event-type'],
      ...JSON.parse(text),
    }));
    expect(sent).toContainEqual(
      expect.objectContaining({
        event: 'push',
        ref: 'refs/heads/a',
        after: commit,
        total_commits: 1,
      }),
    );
    expect(sent).toContainEqual(
      expect.objectContaining({
        event: 'push',
        ref: 'refs/heads/main',
        total_commits: 2,
      }),
    );
    expect(sent).toContainEqual(
      expect.objectContaining({
        event: 'pull_request',
        action: 'opened',
        number: 1,
      }),
    );
    expect(sent).toContainEqual(
      expect.objectContaining({
        event: 'pull_request',
        action: 'closed',
        pull_request: expect.objectContaining({ merged: true }),
      }),
    );
    expect(sent).toContainEqual(
      expect.objectContaining({
        event: 'pull_request_approved',
        type: 'pull_request_review_approved',
        number: 1,
      }),
    );
    expect(sent).toContainEqual(
      expect.objectContaining({ event: 'status', sha: commit }),
    );
  });
});
