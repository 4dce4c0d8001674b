const { resolve } = require('node:path');
const backstage = require('@backstage/cli/config/jest');

// As backstage-cli does.
process.env.TZ ??= 'UTC';

const root = resolve(__dirname, '../..');

/** Every `*.realtest.ts` of the project: what needs real systems, or is compared with them. Not part of `npm test`, which needs no Go. */
module.exports = (async () => {
  const { projects } = await backstage;
  const project = projects.find(
    ({ displayName }) => displayName === '@internal/real-platform',
  );
  return {
    ...project,
    displayName: 'real',
    rootDir: root,
    roots: ['bench', 'packages', 'plugins', 'test'].map(name =>
      resolve(root, name),
    ),
    testMatch: ['**/*.realtest.ts'],
    testTimeout: 600_000,
    // Each file may start a platform of its own, which waits more than it computes.
    maxWorkers: 2,
  };
})();
