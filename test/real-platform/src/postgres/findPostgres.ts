import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { run } from '../processes/run';

/** Debian installs the server's programs here by version, outside of PATH. */
const DEBIAN_DIRECTORY = '/usr/lib/postgresql';

interface PostgresPrograms {
  /** The directory of `initdb` and `postgres`. */
  directory: string;
  /** For example 15. */
  majorVersion: number;
}

/**
 * Finds the newest PostgreSQL server of Debian's packages, or else the one in PATH.
 *
 * @throws an error with the package to install
 */
export async function findPostgres(): Promise<PostgresPrograms> {
  const versions = existsSync(DEBIAN_DIRECTORY)
    ? await readdir(DEBIAN_DIRECTORY)
    : [];
  const directories = [
    ...versions
      .sort((a, b) => Number(b) - Number(a))
      .map(version => join(DEBIAN_DIRECTORY, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
  ];
  const directory = directories.find(
    each =>
      existsSync(join(each, 'initdb')) && existsSync(join(each, 'postgres')),
  );
  if (!directory) {
    throw new Error(
      "Please install PostgreSQL's server (Debian's package is postgresql): initdb and postgres were not found.",
    );
  }
  const version = await run(join(directory, 'postgres'), ['--version']);
  const majorVersion = Number(/(\d+)(\.|$|\s)/.exec(version)?.[1]);
  return { directory, majorVersion };
}
