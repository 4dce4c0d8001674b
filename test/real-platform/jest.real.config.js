const { resolve } = require('node:path');
const backstage = require('@backstage/cli/config/jest');

// As backstage-cli does.
process.env.TZ ??= 'UTC';

const root = resolve(__dirname, '../..');

/** Every `*.real.test.ts` of the project, on one platform. The root's package.json keeps them out of `npm test`, which needs no Go. */
module.exports = (async () => {
  const { projects } = await backstage;
  const project = projects.find(
    ({ displayName }) => displayName === '@internal/real-platform',
  );
  return {
    ...project,
    displayName: 'real',
    rootDir: root,
    roots: ['packages', 'plugins', 'test'].map(name => resolve(root, name)),
    testMatch: ['**/*.real.test.ts'],
    testPathIgnorePatterns: ['/node_modules/'],
    globalSetup: resolve(__dirname, 'src/suite/globalSetup.ts'),
    globalTeardown: resolve(__dirname, 'src/suite/globalTeardown.ts'),
    testTimeout: 180_000,
    // One platform, few cores.
    maxWorkers: 1,
  };
})();
