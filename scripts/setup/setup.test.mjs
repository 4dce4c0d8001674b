import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { after, test } from 'node:test';
import { runLogged } from './children.mjs';
import { root } from './directories.mjs';
import { fingerprint } from './fingerprint.mjs';
import { isSuitableNode, nodePackageFor } from './nodeRuntime.mjs';
import { elapsedSince } from './report.mjs';

const directory = mkdtempSync(join(tmpdir(), 'setup-test-'));
after(() => rmSync(directory, { recursive: true }));

test('a suitable version of Node exists for each platform', () => {
  const versions = [
    '20.20.2',
    '22.18.0',
    '22.19.0',
    '23.1.0',
    '24.0.0',
    '26.1.0',
  ];
  assert.deepEqual(versions.filter(isSuitableNode), ['22.19.0', '24.0.0']);

  for (const platform of ['linux', 'darwin']) {
    for (const arch of ['x64', 'arm64']) {
      const { version } = nodePackageFor({ platform, arch });
      assert.ok(isSuitableNode(version), `${platform}-${arch}`);
    }
  }
  assert.equal(nodePackageFor({ platform: 'aix', arch: 'ppc64' }), undefined);
});

test('a fingerprint changes only with the names and contents of included files', () => {
  const write = (name, content) =>
    writeFileSync(join(directory, name), content);
  const take = () =>
    fingerprint(
      [relative(root, directory), 'not/there'],
      file => !file.endsWith('.test.ts'),
    );
  mkdirSync(join(directory, 'node_modules'));
  write('a.ts', 'one');
  const first = take();

  write('a.test.ts', 'test');
  write('node_modules/b.ts', 'installed');
  assert.equal(take(), first);

  write('a.ts', 'two');
  const changed = take();
  assert.notEqual(changed, first);

  write('a.ts', 'one');
  assert.equal(take(), first);

  write('b.ts', '');
  assert.notEqual(take(), first);
});

test('a failed program is reported with its last lines and its log file', async () => {
  const logFile = join(directory, 'logs', 'install.log');
  const script =
    'for (let i = 1; i <= 30; i++) console.log("line " + i); process.exit(3)';

  await assert.rejects(
    runLogged(process.execPath, ['-e', script], { logFile, hint: 'Try that.' }),
    error => {
      assert.equal(error.name, 'Problem');
      assert.match(
        error.message,
        /^node exited with 3\. Its last lines:\n {4}line 11\n/,
      );
      assert.match(
        error.message,
        / {4}line 30\nThe full log is in .*install\.log\.\nTry that\.$/,
      );
      return true;
    },
  );
});

test('durations are formatted in seconds and minutes', () => {
  assert.equal(elapsedSince(performance.now() - 8_000), '8 s');
  assert.equal(elapsedSince(performance.now() - 125_000), '2 min 5 s');
});
