import { createHmac } from 'node:crypto';
import type { ChangeRequestDetail } from '@internal/plugin-ml-platform-common';
import { testDatabase } from '@internal/plugin-ml-platform-node/testing';
import request from 'supertest';
import {
  ChangeRequestSuite,
  eventually,
  step,
} from '../__testUtils__/ChangeRequestSuite';

const databases = testDatabase();
const WEBHOOK_SECRET = 'webhook-secret';

describe('change requests with a webhook', () => {
  let suite: ChangeRequestSuite;

  beforeEach(async () => {
    suite = await ChangeRequestSuite.create(databases);
  });
  afterEach(() => suite.stop());

  const send = (
    body: object | string,
    signature?: (text: string) => string | undefined,
  ) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const sign =
      signature ??
      (() => createHmac('sha256', WEBHOOK_SECRET).update(text).digest('hex'));
    const call = request(suite.platform.server)
      .post('/api/ml-platform/webhooks/forge')
      .set('content-type', 'application/json');
    const signed = sign(text);
    return (signed === undefined ? call : call.set('x-gitea-signature', signed))
      .send(text)
      .then(({ status, body: answer }) => ({ status, answer }));
  };

  it('are read again when a webhook arrives, and not before', async () => {
    await suite.start({ pollSeconds: 3_600, webhookSecret: WEBHOOK_SECRET });
    await eventually(
      () => suite.list(),
      page => expect(page.freshness.stale).toBe(false),
    );
    await suite.forge.act('POST', 'hooks', {
      type: 'gitea',
      active: true,
      events: ['push', 'pull_request', 'status'],
      config: {
        url: `http://127.0.0.1:${suite.platform.server.port()}/api/ml-platform/webhooks/forge`,
        content_type: 'json',
        secret: WEBHOOK_SECRET,
      },
    });
    const { number, commit } = await suite.changeDev('a: 2\n');
    const told = (check: (detail: ChangeRequestDetail) => void) =>
      eventually(
        () => suite.read(number),
        detail => {
          expect(detail).toBeDefined();
          check(detail!);
        },
      );
    await told(detail => expect(detail.state).toBe('open'));
    await suite.forge.act('POST', `statuses/${commit}`, {
      state: 'success',
      context: 'platform-check',
    });
    await told(detail =>
      expect(step(detail, 'check')).toMatchObject([{ state: 'passed' }]),
    );
    await suite.forge.act('POST', `pulls/${number}/reviews`, {
      event: 'APPROVED',
    });
    await told(detail => expect(detail.step).toBe('merged'));
    await suite.merge(number);
    await told(detail => expect(detail.state).toBe('merged'));
  });

  it('ignore unsigned webhooks, and the content of signed ones', async () => {
    await suite.start({ pollSeconds: 3_600, webhookSecret: WEBHOOK_SECRET });
    await eventually(
      () => suite.list(),
      page => expect(page.freshness.stale).toBe(false),
    );
    const { number } = await suite.changeDev('a: 2\n');
    const body = {
      action: 'closed',
      number,
      pull_request: { number, merged: true, title: 'Made up' },
    };
    const refused = [
      await send(body, () => undefined),
      await send(body, () => ''),
      await send(body, () => 'x'.repeat(64)),
      await send(body, text =>
        createHmac('sha256', 'other').update(text).digest('hex'),
      ),
      await send(body, text =>
        createHmac('sha256', WEBHOOK_SECRET).update(`${text} `).digest('hex'),
      ),
    ];
    expect(refused.map(({ status }) => status)).toEqual(refused.map(() => 403));
    expect(new Set(refused.map(({ answer }) => answer.error.message))).toEqual(
      new Set(['Refused.']),
    );
    const other = await suite.changeDev('a: 3\n');
    await send({ number: other.number });
    await eventually(
      () => suite.read(other.number),
      found => expect(found).toBeDefined(),
    );
    expect(await suite.read(number)).toBeUndefined();

    // Twice: a replay must not do any harm.
    for (let time = 0; time < 2; time += 1) {
      expect(await send(body)).toEqual({
        status: 200,
        answer: { status: 'accepted' },
      });
    }
    const detail = await eventually(
      () => suite.read(number),
      found => expect(found).toBeDefined(),
    );
    expect(detail).toMatchObject({ state: 'open', title: 'A change' });
    expect((await suite.list()).total).toBe(2);
    for (const odd of ['', 'x', '[]', '{"number":-1}', '{"number":12345}']) {
      expect((await send(odd)).status).toBe(200);
    }
    expect((await send('x'.repeat(1_100_000))).status).toBe(413);
    expect((await suite.list()).freshness.stale).toBe(false);
  });

  it('refuse all webhooks without a secret', async () => {
    await suite.start({ pollSeconds: 3_600 });
    for (const secret of ['', 'undefined', WEBHOOK_SECRET]) {
      const { status } = await send({ number: 1 }, text =>
        createHmac('sha256', secret).update(text).digest('hex'),
      );
      expect(status).toBe(403);
    }
  });
});
