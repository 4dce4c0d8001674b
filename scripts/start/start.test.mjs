import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { root } from '../setup/directories.mjs';
import { checkCommands, checkPorts } from './preflight.mjs';
import { waitFor } from './readiness.mjs';
import { isUnexpected } from './services.mjs';

test('a port in use is reported with its purpose and advice', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();

  await assert.rejects(checkPorts([{ port, use: 'the sandbox forge' }]), {
    name: 'Problem',
    message: new RegExp(
      `^Port ${port} is in use, and the portal needs it for the sandbox forge\\..*lsof -i :${port}`,
    ),
  });

  server.close();
  await once(server, 'close');
  await checkPorts([{ port, use: 'the sandbox forge' }]);
});

test('a program that is missing or too old is reported with advice', async () => {
  const advice = 'Install it.';
  const node = { command: process.execPath, args: ['--version'], advice };

  await checkCommands([{ ...node, atLeast: [20, 0] }]);
  await assert.rejects(
    checkCommands([
      { command: 'no-such-program', args: [], atLeast: [2, 38], advice },
      { ...node, atLeast: [99, 1] },
    ]),
    {
      name: 'Problem',
      message:
        /needs no-such-program 2\.38 or newer, and cannot run it\. Install it\.\n.*99\.1 or newer, and found \d+\.\d+\. Install it\.$/,
    },
  );
});

test('an unknown option prints the usage before anything starts', async () => {
  await assert.rejects(
    promisify(execFile)(process.execPath, ['scripts/start.mjs', '--rest'], {
      cwd: root,
    }),
    ({ code, stderr }) => {
      assert.equal(code, 1);
      assert.match(stderr, /'--rest'[^]*Usage: npm start \[-- --reset\]/);
      assert.doesNotMatch(stderr, /\n {4}at /);
      return true;
    },
  );
});

test('a wait without a response ends with advice', async () => {
  await assert.rejects(
    waitFor('http://127.0.0.1:1', {
      what: 'The backend',
      seconds: 0.3,
      isReady: () => true,
    }),
    { name: 'Problem', message: /^The backend was not ready after 0\.3 s\./ },
  );
});

test('only unexpected warnings and errors are shown', () => {
  const shown = [
    '2026-11-23T00:00:00.000Z catalog error Failed to read',
    '2026-11-23T00:00:00.000Z auth warn Skipping a provider',
    '2026-11-23T00:00:00.000Z sandbox warn git http-backend: fatal',
    'Error: Cannot find module',
  ];
  const hidden = [
    '2026-11-23T00:00:00.000Z catalog info Deleted 3 errors',
    '2026-11-23T00:00:00.000Z search warn Postgres search engine is not supported, skipping',
    '2026-11-23T00:00:00.000Z sandbox info Clone the platform repository',
    '    at error (file.ts:1:1)',
  ];
  assert.deepEqual([...shown, ...hidden].filter(isUnexpected), shown);
});
