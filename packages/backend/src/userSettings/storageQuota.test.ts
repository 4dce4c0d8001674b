import {
  mockCredentials,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import userSettings from '@backstage/plugin-user-settings-backend';
import { testDatabase } from '@internal/plugin-ml-platform-node/testing';
import request from 'supertest';
import storageQuota from './storageQuota';

const KIB = 1024;

let backend: TestBackend;

// Before the database goes away: hooks run in their order.
afterAll(() => backend?.stop());
const database = testDatabase();

beforeAll(async () => {
  backend = await startTestBackend({
    features: [userSettings, storageQuota, database.feature()],
  });
});

const path = (key: string) =>
  `/api/user-settings/buckets/page/keys/${encodeURIComponent(key)}`;
const put = (person: string, key: string, value: unknown) =>
  request(backend.server)
    .put(path(key))
    .set('authorization', mockCredentials.user.header(`user:default/${person}`))
    .send({ value });

describe('the storage of settings', () => {
  it('ends for each person, in bytes', async () => {
    // Two bytes a letter; the quotation marks count, too.
    const text = 'é'.repeat(32 * KIB - 1);
    for (let count = 0; count < 16; count += 1) {
      expect((await put('mallory', `key-${count}`, text)).status).toBe(200);
    }
    const refused = await put('mallory', 'one-more', '');
    expect(refused.status).toBe(413);
    expect(refused.body.error.message).toBe(
      'Your settings would have 1048578 bytes; the limit is 1048576. Delete some, or store less.',
    );
    expect((await put('alice', 'key', text)).status).toBe(200);

    // What is replaced, or deleted, counts no longer.
    expect((await put('mallory', 'key-0', text)).status).toBe(200);
    await request(backend.server)
      .delete(path('key-1'))
      .set('authorization', mockCredentials.user.header('user:default/mallory'))
      .expect(204);
    expect((await put('mallory', 'one-more', '')).status).toBe(200);
  });

  it('ends for each person, in settings', async () => {
    for (let count = 0; count < 500; count += 1) {
      await put('carol', `key-${count}`, 1).expect(200);
    }
    const refused = await put('carol', 'one-more', 1);
    expect(refused.status).toBe(413);
    expect(refused.body.error.message).toBe(
      'You have 500 settings, and can have no more. Delete some.',
    );
    expect((await put('carol', 'key-0', 2)).status).toBe(200);
  });

  it('takes no name that has no place in the table', async () => {
    expect((await put('dave', 'x'.repeat(255), 1)).status).toBe(200);
    const refused = await put('dave', 'x'.repeat(256), 1);
    expect(refused.status).toBe(400);
    expect(refused.body.error.message).toBe(
      'The name of the key has more than 255 characters. Use a shorter one.',
    );
    expect((await put('dave', 'key', undefined)).status).toBe(400);
  });
});
