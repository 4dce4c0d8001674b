import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { root } from './setup/directories.mjs';
import { startDetached } from './start/services.mjs';

test('an unknown command prints the usage', async () => {
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

test('a detached service has its own session, and its early exit is reported', async t => {
  const directory = mkdtempSync(join(tmpdir(), 'detached-service-'));
  t.after(() => rmSync(directory, { recursive: true }));
  const entry = join(directory, 'service.cjs');
  const ready = join(directory, 'ready');
  writeFileSync(
    entry,
    `console.log('Cannot read ' + process.env.WHAT);
     process.on('SIGUSR2', () => process.exit(3));
     setInterval(() => {}, 60_000);
     require('node:fs').writeFileSync(process.env.READY, '');`,
  );
  const { pid, exited } = startDetached(
    {
      name: 'detached-service-test',
      directory: '.',
      entry,
      args: [],
      environment: {
        PATH: process.env.PATH,
        WHAT: 'the configuration',
        READY: ready,
      },
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
  while (!existsSync(ready)) {
    await setTimeout(50);
  }
  process.kill(pid, 'SIGUSR2');

  await assert.rejects(exited, {
    name: 'Problem',
    message:
      /detached-service-test exited with 3\.[^]*Cannot read the configuration[^]*detached-service-test\.log\.$/,
  });
});
