import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createBackend } from '@backstage/backend-defaults';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { keepFilesPrivate } from './keepFilesPrivate';

const notes = createBackendPlugin({
  pluginId: 'notes',
  register(env) {
    env.registerInit({
      deps: { database: coreServices.database },
      async init({ database }) {
        const client = await database.getClient();
        await client.schema.createTable('notes', table => table.text('note'));
      },
    });
  },
});

describe('keepFilesPrivate', () => {
  let temporary: string;
  let umask: number;
  beforeEach(async () => {
    umask = process.umask(0o022);
    temporary = await mkdtemp(path.join(tmpdir(), 'private-files-'));
  });
  afterEach(async () => {
    process.umask(umask);
    await rm(temporary, { recursive: true, force: true });
  });

  it('lets no other user read the databases of SQLite', async () => {
    const directory = path.join(temporary, 'database');
    const backend = createBackend();
    backend.add(notes);
    backend.add(mockServices.rootHttpRouter.mock().factory);
    backend.add(mockServices.rootLogger.factory({ level: 'none' }));
    backend.add(
      mockServices.rootConfig.factory({
        data: {
          backend: {
            baseUrl: 'http://localhost:7007',
            database: { client: 'better-sqlite3', connection: { directory } },
          },
        },
      }),
    );
    keepFilesPrivate();
    await backend.start();
    await backend.stop();

    const modeOf = async (file: string) =>
      ((await stat(file)).mode % 0o1000).toString(8);
    const files = await readdir(directory);
    expect(files).toContain('notes.sqlite');
    expect(await modeOf(directory)).toBe('700');
    expect(
      await Promise.all(files.map(file => modeOf(path.join(directory, file)))),
    ).toEqual(files.map(() => '600'));
  });
});
