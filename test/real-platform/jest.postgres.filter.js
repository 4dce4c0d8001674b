const { readFileSync } = require('node:fs');

/** Of all test files, those that ask for a database. */
module.exports = testPaths => ({
  filtered: testPaths.filter(path =>
    readFileSync(path, 'utf8').includes('testDatabase()'),
  ),
});
