import {
  mockServices,
  startTestBackend,
  type ServiceMock,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import authPlugin from '@backstage/plugin-auth-backend';
import type { AuthResolverContext } from '@backstage/plugin-auth-node';
import {
  catalogServiceMock,
  type CatalogServiceMock,
} from '@backstage/plugin-catalog-node/testUtils';
import { testDatabase } from '@internal/plugin-ml-platform-node/testing';
import request from 'supertest';
import { authModuleSandbox } from './module';
import { createPersonaSignInResolver } from './signInResolver';

const database = testDatabase();

const mlEngineer: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name: 'ml-engineer', namespace: 'default' },
  spec: { memberOf: ['app-ml-team'] },
  relations: [{ type: 'memberOf', targetRef: 'group:default/app-ml-team' }],
};

const personas = [
  { user: 'ml-engineer', title: 'ML engineer', description: 'Deploys models.' },
];

function configuration(
  sandbox: boolean,
  provider: object | null,
  listen: string | { host?: string; port?: number } = '0.0.0.0:7007',
) {
  return {
    app: { baseUrl: 'http://localhost:7007' },
    backend: { baseUrl: 'http://localhost:7007', listen },
    mlPlatform: { sandbox },
    auth: { providers: { sandbox: provider } },
  };
}

async function start(options: {
  catalog?: ServiceMock<CatalogServiceMock>;
  data?: ReturnType<typeof configuration>;
}) {
  const catalog = options.catalog ?? catalogServiceMock.mock();
  const { server } = await startTestBackend({
    features: [
      authPlugin,
      authModuleSandbox,
      mockServices.rootConfig.factory({
        data: options.data ?? configuration(true, { personas }),
      }),
      catalog.factory,
      database.feature(),
    ],
  });
  return request(server);
}

function signIn(backend: Awaited<ReturnType<typeof start>>, persona: string) {
  return backend
    .get('/api/auth/sandbox/refresh')
    .query({ persona })
    .set('X-Requested-With', 'XMLHttpRequest');
}

describe('persona sign-in', () => {
  const environment = process.env.NODE_ENV;
  afterEach(() => {
    // Typed as read-only by some of the installed libraries.
    Object.assign(process.env, { NODE_ENV: environment });
  });

  it('waits for the catalog user, then signs in with their groups', async () => {
    const catalog = catalogServiceMock.mock();
    catalog.getEntityByRef
      .mockResolvedValueOnce(undefined)
      .mockResolvedValue(mlEngineer);
    const backend = await start({ catalog });

    const response = await signIn(backend, 'ml-engineer').expect(200);

    expect(response.body).toMatchObject({
      profile: { displayName: 'ML engineer' },
      backstageIdentity: {
        token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
        identity: {
          type: 'user',
          userEntityRef: 'user:default/ml-engineer',
          ownershipEntityRefs: [
            'user:default/ml-engineer',
            'group:default/app-ml-team',
          ],
        },
      },
    });
    expect(catalog.getEntityByRef).toHaveBeenCalledTimes(2);
  });

  it('refuses unknown personas and cross-site requests', async () => {
    const catalog = catalogServiceMock.mock({
      getEntityByRef: async () => mlEngineer,
    });
    const backend = await start({ catalog });

    const unknown = await signIn(backend, 'data-engineer').expect(400);
    expect(unknown.body.error.message).toBe(
      'Unknown persona. Choose one of ml-engineer.',
    );
    await backend.get('/api/auth/sandbox/refresh').expect(401);
    await backend
      .get('/api/auth/sandbox/refresh')
      .query({ persona: 'ml-engineer' })
      .expect(401);
    expect(catalog.getEntityByRef).not.toHaveBeenCalled();
  });

  it.each([
    ['a foreign page whose name points here', { Host: 'evil.example:7007' }],
    [
      'one behind a proxy that passes names on',
      { Host: 'evil.example', 'X-Forwarded-Host': 'localhost:7007' },
    ],
    ['another page of loopback names', { Host: 'localhost.evil.example' }],
    ['a foreign origin', { Origin: 'http://evil.example:7007' }],
    ['a sandboxed page', { Origin: 'null' }],
  ])('refuses %s', async (_, headers) => {
    const catalog = catalogServiceMock.mock({
      getEntityByRef: async () => mlEngineer,
    });
    const backend = await start({ catalog });

    const { status, body } = await signIn(backend, 'ml-engineer').set(headers);

    expect(status).toBe(403);
    expect(body.error.message).toContain('Open the portal there');
    expect(catalog.getEntityByRef).not.toHaveBeenCalled();
  });

  it.each([
    { Host: 'localhost:7007' },
    { Host: '127.0.0.1:7010', Origin: 'http://localhost:3000' },
    { Host: '[::1]:7007' },
    { Host: 'portal.example.com', Origin: 'https://portal.example.com' },
  ])('signs in at %j', async headers => {
    const data = configuration(true, { personas });
    const backend = await start({
      catalog: catalogServiceMock.mock({
        getEntityByRef: async () => mlEngineer,
      }),
      data: { ...data, app: { baseUrl: 'https://portal.example.com' } },
    });

    await signIn(backend, 'ml-engineer').set(headers).expect(200);
  });

  it('asks to try again when the user stays unknown to the catalog', async () => {
    const signInResolver = createPersonaSignInResolver({
      timeoutMilliseconds: 0,
    });
    const context: AuthResolverContext = {
      issueToken: jest.fn(),
      findCatalogUser: jest.fn(),
      resolveOwnershipEntityRefs: jest.fn(),
      signInWithCatalogUser: jest
        .fn()
        .mockRejectedValue(new NotFoundError('User not found')),
    };

    await expect(
      signInResolver({ profile: {}, result: personas[0] }, context),
    ).rejects.toThrow('wait a few seconds and try again');
  });

  it.each([':7007', '0.0.0.0:7007', { port: 7007 }, { host: '10.0.0.1' }])(
    'does not load with a real platform when others can reach the portal on %j',
    async listen => {
      await expect(
        start({ data: configuration(false, { personas }, listen) }),
      ).rejects.toThrow('backend.listen.host to 127.0.0.1');
    },
  );

  it.each(['127.0.0.1:7007', { host: '127.0.0.1' }, { host: 'localhost' }])(
    'loads with a real platform on loopback: %j',
    async listen => {
      const backend = await start({
        data: configuration(false, { personas }, listen),
      });
      const { status } = await backend.get('/api/auth/sandbox/refresh');
      expect(status).toBe(401);
    },
  );

  it('does not load in production', async () => {
    Object.assign(process.env, { NODE_ENV: 'production' });
    await expect(start({})).rejects.toThrow('does not load in production');

    const backend = await start({ data: configuration(false, null) });
    await signIn(backend, 'ml-engineer').expect(404);
  });
});
