import { testDatabase } from './testDatabase';

const database = testDatabase();

it('is the PostgreSQL of the environment, else SQLite', async () => {
  const named = Object.keys(process.env).some(name =>
    /^BACKSTAGE_TEST_DATABASE_POSTGRES\d+_CONNECTION_STRING$/.test(name),
  );
  const query = named ? 'select version()' : 'select sqlite_version()';

  const client = await database.init();

  expect(JSON.stringify(await client.raw(query))).toMatch(
    named ? /PostgreSQL \d+/ : /\d+\.\d+/,
  );
  expect((await database.config()).client).toBe(
    named ? 'pg' : 'better-sqlite3',
  );
});
