const { readFileSync } = require('node:fs');

/** Keeps the test files that ask for a database. */
module.exports = testPaths => ({
  filtered: testPaths.filter(path =>
    readFileSync(path, 'utf8').includes('testDatabase()'),
  ),
});
