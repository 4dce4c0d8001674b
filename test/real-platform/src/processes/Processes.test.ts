import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endProcesses, stillRunning } from './endProcesses';
import { Processes } from './Processes';

describe('Processes', () => {
  let directory: string;
  let processes: Processes;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'processes-'));
    processes = Processes.create({
      logDirectory: directory,
      environment: { PATH: process.env.PATH ?? '', VISIBLE: 'yes' },
    });
  });

  afterEach(async () => {
    await processes.stop();
    await rm(directory, { recursive: true });
  });

  /** A process that says what it sees, runs until it is told to end, and then writes its name. */
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

  it('shows processes only the given environment, and ends clients before their server and its store', async () => {
    await start('store', 'store');
    await start('one', 'client');
    await start('server', 'server');
    await start('two', 'client');
    expect(await stillRunning([...processes.records], directory)).toHaveLength(
      4,
    );
    // An id may have gone to a process of somebody else, which stays.
    expect(await stillRunning([...processes.records], '/elsewhere')).toEqual(
      [],
    );

    await processes.stop();
    expect(await readFile(join(directory, 'ends'), 'utf8')).toBe(
      'client client server store ',
    );
    expect(await stillRunning([...processes.records], directory)).toEqual([]);
    await endProcesses([...processes.records]);
  });

  it('says at once why a process did not start, with the end of its log', async () => {
    const starting = processes.start({
      name: 'broken',
      rank: 'client',
      command: process.execPath,
      args: ['-e', 'console.error("the port is taken"); process.exit(3)'],
      ready: async () => {
        throw new Error('never');
      },
    });
    await expect(starting).rejects.toThrow(
      /broken ended with 3; see .*broken\.log\nthe port is taken/,
    );
  });

  it('names a program that is not there', async () => {
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
