import { randomBytes } from 'node:crypto';
import {
  chmod,
  chown,
  copyFile,
  mkdir,
  mkdtemp,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '../processes/freePorts';
import { Processes } from '../processes/Processes';
import { run } from '../processes/run';
import { findPostgres } from './findPostgres';
import { unprivileged, type Unprivileged } from './unprivileged';

interface PostgresOptions {
  /** PEM files of the server. With them, connections without TLS are refused. */
  tls?: { certificate: string; key: string };
}

export interface RunningPostgres {
  majorVersion: number;
  port: number;
  /** Connects the administrator to the database `postgres`. */
  connectionString: string;
  /** Runs an SQL statement as the administrator. */
  execute(statement: string): Promise<void>;
  /** Stops the server, and removes its data. */
  stop(): Promise<void>;
}

const ADMINISTRATOR = 'postgres';
const LOOPBACK = '127.0.0.1';

/** Settings for temporary data. */
const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  // Each plugin of each backend in a test has a connection pool.
  max_connections: '400',
  unix_socket_directories: '',
};

/** Starts the installed PostgreSQL on loopback, with temporary data. */
export async function startPostgres({
  tls,
}: PostgresOptions = {}): Promise<RunningPostgres> {
  const { directory: programs, majorVersion } = await findPostgres();
  const user = await unprivileged();
  const { port } = await freePorts(['port']);
  const directory = await mkdtemp(join(tmpdir(), 'ml-platform-postgres-'));
  const logDirectory = join(directory, 'logs');
  await mkdir(logDirectory);
  await chown(directory, user.uid, user.gid);
  const environment = { PATH: process.env.PATH ?? '', LC_ALL: 'C' };
  const processes = new Processes({ logDirectory, environment });
  const password = randomBytes(16).toString('hex');
  const as = (program: string, args: string[]): [string, ...string[]] => {
    const [command, ...rest] = [...user.prefix, join(programs, program)];
    return [command, ...rest, ...args];
  };

  try {
    const data = join(directory, 'data');
    await withPasswordFile(directory, password, async passwordFile => {
      await chown(passwordFile, user.uid, user.gid);
      const [command, ...args] = as('initdb', [
        `--pgdata=${data}`,
        `--username=${ADMINISTRATOR}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--no-sync',
      ]);
      await run(command, args, { directory, environment });
    });
    const tlsSettings = tls && (await requireTls(directory, tls, user));
    const [command, ...args] = as('postgres', [
      '-D',
      data,
      '-h',
      LOOPBACK,
      '-p',
      String(port),
      ...Object.entries({ ...SETTINGS, ...tlsSettings }).flatMap(
        ([name, value]) => ['-c', `${name}=${value}`],
      ),
    ]);
    await processes.start({
      name: 'postgres',
      rank: 'store',
      command,
      args,
      ready: () =>
        run(join(programs, 'pg_isready'), [
          '-q',
          '-h',
          LOOPBACK,
          '-p',
          `${port}`,
        ]),
    });
  } catch (error) {
    // The directory stays, because its logs explain the failure.
    await processes.stop();
    throw error;
  }
  return {
    majorVersion,
    port,
    execute: async statement => {
      await run(
        join(programs, 'psql'),
        ['-h', LOOPBACK, '-p', `${port}`, '-U', ADMINISTRATOR, '-c', statement],
        { environment: { ...environment, PGPASSWORD: password } },
      );
    },
    connectionString: `postgresql://${ADMINISTRATOR}:${password}@${LOOPBACK}:${port}/postgres`,
    stop: async () => {
      await processes.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Configures the server's certificate and refuses connections without TLS. */
async function requireTls(
  directory: string,
  { certificate, key }: NonNullable<PostgresOptions['tls']>,
  user: Unprivileged,
): Promise<Record<string, string>> {
  const files = {
    ssl_cert_file: join(directory, 'server.crt'),
    ssl_key_file: join(directory, 'server.key'),
  };
  await copyFile(certificate, files.ssl_cert_file);
  await copyFile(key, files.ssl_key_file);
  for (const file of Object.values(files)) {
    await chown(file, user.uid, user.gid);
    await chmod(file, 0o600);
  }
  await writeFile(
    join(directory, 'data/pg_hba.conf'),
    `hostssl all all ${LOOPBACK}/32 scram-sha-256\n`,
  );
  return { ssl: 'on', ...files };
}

/** Provides the password as a temporary file, because other users can see arguments. */
async function withPasswordFile(
  directory: string,
  password: string,
  work: (passwordFile: string) => Promise<void>,
): Promise<void> {
  const passwordFile = join(directory, 'password');
  await writeFile(passwordFile, password, { mode: 0o600 });
  try {
    await work(passwordFile);
  } finally {
    await rm(passwordFile);
  }
}
