import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopProcesses, stillRunning } from './stopProcesses';
import { Processes } from './Processes';

describe('Processes', () => {
  let directory: string;
  let processes: Processes;

  let warn: jest.SpyInstance;

  beforeEach(async () => {
    warn = jest.spyOn(console, 'warn').mockImplementation();
    directory = await mkdtemp(join(tmpdir(), 'processes-'));
    processes = new Processes({
      logDirectory: directory,
      environment: { PATH: process.env.PATH ?? '', VISIBLE: 'yes' },
    });
  });

  afterEach(async () => {
    warn.mockRestore();
    await processes.stop();
    await rm(directory, { recursive: true });
  });

  /** Starts a process that logs its environment, runs until SIGTERM, and then writes its rank. */
  async function start(name: string, rank: 'client' | 'server' | 'store') {
    const log = join(directory, `${name}.log`);
    await processes.start({
      name,
      rank,
      command: process.execPath,
      args: [
        '-e',
        `process.on('SIGTERM', () => {
          require('node:fs').appendFileSync('${directory}/ends', '${rank} ');
          process.exit();
        });
        setInterval(() => {}, 1000);
        console.log('ready', process.env.VISIBLE, process.env.HOME);`,
      ],
      ready: async () => {
        expect(await readFile(log, 'utf8')).toBe('ready yes undefined\n');
      },
    });
  }

  it('passes only the given environment, and stops clients before their server and its store', async () => {
    await start('store', 'store');
    await start('one', 'client');
    await start('server', 'server');
    await start('two', 'client');
    expect(await stillRunning([...processes.records], directory)).toHaveLength(
      4,
    );
    // Processes of other programs that have reused an ID are left alone.
    expect(await stillRunning([...processes.records], '/elsewhere')).toEqual(
      [],
    );

    await processes.stop();
    expect(await readFile(join(directory, 'ends'), 'utf8')).toBe(
      'client client server store ',
    );
    expect(await stillRunning([...processes.records], directory)).toEqual([]);
    await stopProcesses([...processes.records]);
  });

  it('reports a failed start immediately, with the end of the log', async () => {
    const starting = processes.start({
      name: 'broken',
      rank: 'client',
      command: process.execPath,
      args: ['-e', 'console.error("the port is in use"); process.exit(3)'],
      ready: async () => {
        throw new Error('never');
      },
    });
    await expect(starting).rejects.toThrow(
      /broken exited with 3; see .*broken\.log\nthe port is in use/,
    );
  });

  it('starts a process again that crashes before it is ready', async () => {
    const log = join(directory, 'crashes-once.log');
    await processes.start({
      name: 'crashes-once',
      rank: 'client',
      command: process.execPath,
      args: [
        '-e',
        `const { existsSync, writeFileSync } = require('node:fs');
        if (existsSync('${directory}/crashed')) {
          console.log('ready');
          setInterval(() => {}, 1000);
        } else {
          writeFileSync('${directory}/crashed', '');
          console.error(['fatal error: concurrent map writes', ...Array(9).fill('at x')].join('\\n'));
          process.exit(2);
        }`,
      ],
      ready: async () => {
        expect(await readFile(log, 'utf8')).toMatch(/ready/);
      },
    });

    expect(processes.records).toHaveLength(1);
    expect(warn.mock.calls).toEqual([
      [
        expect.stringMatching(
          /crashes-once exited with 2; see .*\nfatal error: concurrent map writes\n…\nat x/,
        ),
      ],
    ]);
  });

  it('reports a missing program', async () => {
    const starting = processes.start({
      name: 'absent',
      rank: 'client',
      command: join(directory, 'absent'),
      args: [],
      ready: async () => {
        throw new Error('never');
      },
    });
    await expect(starting).rejects.toThrow(/ENOENT/);
  });
});
