import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { root } from '../setup/directories.mjs';
import { addOnSecrets } from './addOnSecrets.mjs';
import { readChart } from './charts.mjs';
import { capture } from './commands.mjs';
import { checkMachine, PORTS } from './preflight.mjs';
import { DATABASES } from './secrets.mjs';

const GIB = 1024 ** 3;
const node = { command: process.execPath, args: ['--version'], advice: '' };
const read = path => parse(readFileSync(join(root, path), 'utf8'));

test('all missing requirements are reported at once', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  const machine = {
    commands: [
      {
        command: 'no-such-docker',
        args: [],
        atLeast: [24, 0],
        advice: 'Start it.',
      },
      { ...node, atLeast: [999, 0] },
    ],
    ports: [{ port, use: 'Gitea' }],
    memoryBytes: async () => 4 * GIB,
  };

  await assert.rejects(
    checkMachine({ ...machine, clusterExists: false }),
    ({ name, message }) => {
      assert.equal(name, 'Problem');
      assert.match(message, /no-such-docker 24\.0 or newer.*Start it\./);
      assert.match(message, /999\.0 or newer, and found/);
      assert.match(message, new RegExp(`Port ${port} is in use.*Gitea`));
      assert.match(message, /4\.0 GiB of memory.*needs 12 GiB/);
      return true;
    },
  );
  // An existing cluster uses the ports itself.
  await checkMachine({
    commands: [{ ...node, atLeast: [1, 0] }],
    ports: [{ port, use: 'Gitea' }],
    memoryBytes: async () => 16 * GIB,
    clusterExists: true,
  });
  server.close();
});

test('a failed program is reported with its message', async () => {
  await assert.rejects(
    capture(process.execPath, ['-e', 'console.error("no"); process.exit(3)']),
    { name: 'Problem', message: /failed: no$/ },
  );
  await assert.rejects(capture('no-such-program', ['x']), {
    name: 'Problem',
    message: /Cannot run no-such-program/,
  });
  assert.equal(
    await capture(
      process.execPath,
      ['-e', 'process.stdin.pipe(process.stdout)'],
      {
        input: 'text',
      },
    ),
    'text',
  );
});

test('the cluster maps the checked ports to the components, on loopback only', () => {
  const { networking, nodes } = read('infra/kind/cluster.yaml');
  const mappings = nodes.flatMap(
    ({ extraPortMappings = [] }) => extraPortMappings,
  );
  for (const { listenAddress } of mappings) {
    assert.equal(listenAddress, '127.0.0.1');
  }
  assert.equal(networking.apiServerAddress, '127.0.0.1');
  assert.deepEqual(
    [
      networking.apiServerPort,
      ...mappings.map(({ hostPort }) => hostPort),
    ].sort(),
    PORTS.map(({ port }) => port).sort(),
  );

  const values = component =>
    read(`infra/gitops/platform/${component}/overlays/kind/values.yaml`);
  assert.deepEqual(
    mappings.map(({ containerPort }) => containerPort),
    [
      values('gitea').service.http.nodePort,
      values('argocd').server.service.nodePortHttp,
      values('monitoring').grafana.service.nodePort,
      80,
      443,
    ],
  );
  assert.equal(values('ingress-nginx').controller.hostPort.enable, true);
  // All nodes have the same image, with a digest.
  const images = new Set(nodes.map(({ image }) => image));
  assert.match(
    [...images].join(),
    /^kindest\/node:v[\d.]+@sha256:[0-9a-f]{64}$/,
  );
});

test('each add-on has an exact chart version and existing value files', async () => {
  const { addOns } = read('infra/platform.yaml').rehearsals.find(
    ({ type }) => type === 'kind',
  );
  let count = 0;
  for (const component of addOns) {
    const overlay = `infra/gitops/platform/${component}/overlays/kind`;
    // Others are objects of our own, without a chart.
    if (!existsSync(join(root, overlay))) {
      continue;
    }
    count += 1;
    const { chart, repository, version, valueFiles } = readChart(component);
    assert.ok(chart && repository, component);
    assert.match(version, /^v?\d+\.\d+\.\d+$/, component);
    assert.equal(valueFiles.length, 2, component);
    for (const file of valueFiles) {
      assert.ok(existsSync(file), file);
    }
  }
  assert.ok(count >= 5);
});

test('every database of the examples has a Secret', async () => {
  const found = {};
  const files = glob('infra/gitops/workloads/*/*/base/kustomization.yaml', {
    cwd: root,
  });
  for await (const file of files) {
    const { components = [] } = read(file);
    if (components.some(entry => entry.endsWith('/postgresql'))) {
      const [, , , team, workload] = file.split('/');
      found[team] = workload;
    }
  }
  assert.deepEqual(found, DATABASES);
});

test('add-ons that share credentials get the same ones', () => {
  let made = 0;
  const { seaweedfs, mlflow } = addOnSecrets(() => {
    made += 1;
    return `password-${made}`;
  });
  const [config, keys] = seaweedfs.map(({ data }) => data);
  const [{ credentials }] = JSON.parse(config.seaweedfs_s3_config).identities;
  assert.deepEqual(credentials, [
    {
      accessKey: keys.AWS_ACCESS_KEY_ID,
      secretKey: keys.AWS_SECRET_ACCESS_KEY,
    },
  ]);
  const [database, auth] = mlflow.map(({ data }) => data);
  assert.match(auth.uri, new RegExp(`:${database.password}@.*/mlflow$`));
  assert.match(
    auth['basic_auth.ini'],
    new RegExp(`:${database.password}@.*/mlflow_auth$`, 'm'),
  );
});
