import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import {
  eventually,
  testDatabase,
} from '@internal/plugin-ml-platform-node/testing';
import {
  PAUSE_POINTS,
  PAUSE_VARIABLE,
  type PauseOrder,
  type PausePoint,
} from './__testUtils__/kill/pausePoints';
import { proposals } from './__testUtils__/kill/proposals';
import { TaskClient } from './__testUtils__/kill/TaskClient';
import type { PortalTarget } from './__testUtils__/PortalTarget';
import { RunningPortal } from './__testUtils__/RunningPortal';
import { startSandboxTarget } from './__testUtils__/startSandboxTarget';

/** People who may request services; each may have five tasks at once. */
const PERSONAS = [
  'ml-engineer',
  'team-lead',
  'platform-engineer',
  'data-engineer',
];

const STOPPED_MS = 45_000;
const SETTLE_MS = 15_000;

const database = testDatabase();

interface Case {
  point: PausePoint;
  /** The workspace of the task is gone, as on another machine. */
  isLost: boolean;
  name: string;
  persona: string;
}

/**
 * Every point with a kept and with a lost workspace in `yarn soak`. Otherwise each point once, so that together SQLite and
 * PostgreSQL see all pairs.
 */
const cases: Case[] = PAUSE_POINTS.flatMap((point, index) =>
  [true, false]
    .filter(
      isLost =>
        process.env.SOAK_KILLS !== undefined ||
        isLost === ((index + Number(database.isPostgres)) % 2 === 0),
    )
    .map(isLost => ({ point, isLost })),
).map((each, index) => ({
  ...each,
  name: `killed-${index}`,
  persona: PERSONAS[index % PERSONAS.length],
}));

let directory: string;
let target: PortalTarget;
const portals: RunningPortal[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'killed-backend-'));
  target = await startSandboxTarget();
});
afterAll(async () => {
  for (const portal of portals) {
    await portal.stop();
  }
  await target?.stop();
  await rm(directory, { recursive: true, force: true });
});

let databaseConfig: Awaited<ReturnType<typeof database.config>>;

async function start(
  order: PauseOrder,
  workingDirectory = directory,
): Promise<{ portal: RunningPortal; paused: Set<unknown> }> {
  databaseConfig ??= database.isPostgres
    ? await database.config()
    : { client: 'better-sqlite3', connection: { directory } };
  const portal = await RunningPortal.start(
    { ...target, stop: async () => {} },
    { config: async () => databaseConfig },
    {
      config: {
        backend: { workingDirectory },
        scaffolder: {
          concurrentTasksLimit: 20,
          taskRecovery: { staleTimeout: { seconds: 10 } },
        },
      },
      environment: { [PAUSE_VARIABLE]: JSON.stringify(order) },
      preload: [require.resolve('./__testUtils__/kill/pauseTasks.ts')],
    },
  );
  portals.push(portal);
  const paused = new Set<unknown>();
  portal.process.onMessage(message => {
    const { type, workload } = Object(message);
    if (type === 'paused') {
      paused.add(workload);
    }
  });
  return { portal, paused };
}

it('opens one pull request for each request, wherever the process was killed', async () => {
  const { portal: first, paused } = await start({
    points: Object.fromEntries(cases.map(({ name, point }) => [name, point])),
  });
  const tasks = new Map<string, string>();
  for (const { persona, name } of cases) {
    tasks.set(name, await new TaskClient(first).create(persona, name));
  }
  await eventually(() =>
    expect([...paused].sort()).toEqual([...tasks.keys()].sort()),
  );
  await first.process.stop('SIGKILL');
  for (const { name } of cases.filter(({ isLost }) => isLost)) {
    await rm(join(directory, tasks.get(name) ?? ''), { recursive: true });
  }

  const { portal: second } = await start({ points: {} });
  const client = new TaskClient(second);
  const results = await Promise.all(
    cases.map(async ({ persona, name, point, isLost }) => {
      let result = await client.result(persona, tasks.get(name) ?? '');
      const isStopped = isLost && point !== 'before checkout';
      const wasStopped =
        result.error?.message.includes('files of this task are gone') ?? false;
      if (isStopped) {
        // People start again what has lost its files.
        result = await client.result(
          persona,
          await client.create(persona, name),
        );
      }
      return {
        case: `${point}, ${isLost ? 'lost' : 'kept'}`,
        isStopped: wasStopped,
        // The step may have ended before the scaffolder recorded that: then it runs again, in a new workspace.
        isExpected: point === 'after checkout' ? wasStopped : isStopped,
        isOpen: result.output?.pullRequest?.number !== undefined,
        ...(await proposals(target, name)),
      };
    }),
  );
  expect(results).toEqual(
    results.map(result => ({
      ...result,
      isStopped: result.isExpected,
      isOpen: true,
      branches: 1,
      pullRequests: 1,
      commits: 1,
    })),
  );
  await second.process.stop();
});

if (process.env.SOAK_KILLS && database.isPostgres) {
  it.each([
    ['after validate', 'a workspace of its own'],
    ['after validate', 'the same workspace'],
    ['before opening', 'a workspace of its own'],
    ['before opening', 'the same workspace'],
    ['after opening', 'the same workspace'],
  ] as const)(
    'opens one pull request when a replica stands still %s, and another with %s goes on',
    async (point, workspace) => {
      const name = `stopped-${portals.length}`;
      const [persona] = PERSONAS;
      const { portal: first, paused } = await start({
        points: { [name]: point },
        stopsProcess: true,
      });
      const id = await new TaskClient(first).create(persona, name);
      await eventually(() => expect([...paused]).toEqual([name]));
      const stoppedUntil = performance.now() + STOPPED_MS;
      const { portal: second } = await start(
        { points: {} },
        workspace === 'the same workspace'
          ? directory
          : await mkdtemp(join(directory, 'replica-')),
      );
      const client = new TaskClient(second);
      await client.result(persona, id);
      // Lost its files on the other replica; otherwise the same again.
      const again = await client.create(persona, name);
      const { output } = await client.result(persona, again);
      expect(output?.pullRequest?.number).toEqual(expect.any(Number));
      await setTimeout(Math.max(0, stoppedUntil - performance.now()));
      first.process.resume();
      // Until it has gone on with what it was doing.
      await setTimeout(SETTLE_MS);
      expect(await proposals(target, name)).toEqual({
        branches: 1,
        pullRequests: 1,
        commits: 1,
      });
      await first.process.stop();
      await second.process.stop();
    },
  );
}
