import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { root } from './setup/directories.mjs';
import { leaveService } from './start/services.mjs';

test('an unknown command is answered with the usage', async () => {
  for (const args of [[], ['uo'], ['constructor']]) {
    await assert.rejects(
      promisify(execFile)(process.execPath, ['scripts/real.mjs', ...args], {
        cwd: root,
      }),
      ({ code, stderr }) => {
        assert.equal(code, 1);
        assert.match(stderr, /^\nUsage: yarn real build \| up \| down \| test/);
        return true;
      },
    );
  }
});

test('a service that is left has a session of its own, and is heard when it ends early', async t => {
  const directory = mkdtempSync(join(tmpdir(), 'left-service-'));
  t.after(() => rmSync(directory, { recursive: true }));
  const entry = join(directory, 'service.mjs');
  writeFileSync(
    entry,
    `console.log('It cannot read ' + process.env.WHAT);
     setTimeout(() => process.exit(3), 2000);`,
  );
  const { pid, ended } = leaveService(
    {
      name: 'left-service-test',
      directory: '.',
      entry,
      args: [],
      environment: { PATH: process.env.PATH, WHAT: 'its configuration' },
    },
    { node: process.execPath },
  );
  const { stdout } = await promisify(execFile)('ps', [
    '-o',
    'sess=',
    '-p',
    `${pid}`,
  ]);
  assert.equal(Number(stdout), pid);

  await assert.rejects(ended, {
    name: 'Problem',
    message:
      /left-service-test has ended with 3\.[^]*It cannot read its configuration[^]*left-service-test\.log\.$/,
  });
});
