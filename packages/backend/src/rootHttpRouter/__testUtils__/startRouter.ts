import { createBackend } from '@backstage/backend-defaults';
import type { BackendFeature } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { freePort } from '../../__testUtils__/freePort';
import scheduler from '../../scheduler';
import rootHttpRouter from '..';

/** Starts a plugin behind the portal's root router, on a port of its own. */
export async function startRouter(plugin: BackendFeature) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const backend = createBackend();
  backend.add(rootHttpRouter);
  backend.add(scheduler);
  backend.add(plugin);
  backend.add(
    mockServices.rootConfig.factory({
      data: {
        app: { baseUrl: url },
        backend: {
          baseUrl: url,
          listen: { host: '127.0.0.1', port },
          database: { client: 'better-sqlite3', connection: ':memory:' },
        },
      },
    }),
  );
  backend.add(mockServices.rootLogger.factory({ level: 'none' }));
  await backend.start();
  return { url, stop: () => backend.stop() };
}
