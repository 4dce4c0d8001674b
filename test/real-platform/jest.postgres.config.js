const { resolve } = require('node:path');
const backstage = require('@backstage/cli/config/jest');

// As backstage-cli does.
process.env.TZ ??= 'UTC';

/** The test files that have a database, on the PostgreSQL of this machine; `npm test` runs them on SQLite. */
module.exports = (async () => ({
  ...(await backstage),
  // Each file has databases of its own.
  maxWorkers: 2,
  workerIdleMemoryLimit: '12%',
  filter: resolve(__dirname, 'jest.postgres.filter.js'),
  globalSetup: resolve(__dirname, 'src/postgres/globalSetup.ts'),
  globalTeardown: resolve(__dirname, 'src/postgres/globalTeardown.ts'),
}))();
