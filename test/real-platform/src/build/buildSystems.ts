import { existsSync, rmSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { systemsDirectory } from '../paths';
import { requirePrograms } from '../processes/requirePrograms';
import { reportProgress } from './reportProgress';
import { buildDirectory, cacheDirectory, versionOf } from './cache';
import { runGo } from './runGo';
import { systems, type System, type SystemKey } from './systems';

/** The directory of each built system, with programs in `bin` and files in `share`. */
export type BuiltSystems = Record<SystemKey, string>;

/** Builds the systems that are not in the cache, one after the other. */
export async function buildSystems(
  log: (line: string) => void,
): Promise<BuiltSystems> {
  const directories: Record<string, string> = {};
  for (const [key, system] of Object.entries<System>(systems)) {
    directories[key] = await buildSystem(system, log);
  }
  return directories as BuiltSystems;
}

async function buildSystem(
  system: System,
  log: (line: string) => void,
): Promise<string> {
  const directory = await buildDirectory(system);
  if (existsSync(directory)) {
    return directory;
  }
  await requirePrograms({
    go: 'it builds the real platform',
    ...(system.cgo && { gcc: `it builds ${system.name}` }),
  });
  const version = await versionOf(system);
  const progress = reportProgress(`${system.name} ${version}`, log);
  await mkdir(join(cacheDirectory(), 'logs'), { recursive: true });
  const logFile = join(cacheDirectory(), 'logs', `${system.name}.log`);
  await rm(logFile, { force: true });
  // Built in another directory, so that an interrupted build does not look complete.
  const unfinished = await mkdtemp(`${directory}.unfinished-`);
  const removeNow = () => rmSync(unfinished, { recursive: true, force: true });
  process.once('exit', removeNow);
  try {
    for (const [name, source] of Object.entries(system.programs)) {
      await runGo(
        buildArguments(system, version, join(unfinished, 'bin', name), source),
        {
          directory: join(systemsDirectory, system.name),
          environment: { GOWORK: 'off', CGO_ENABLED: system.cgo ? '1' : '0' },
          logFile,
          onProgress: (downloaded, compiled) =>
            progress.update(name, downloaded, compiled),
        },
      );
    }
    await copyFiles(system, version, unfinished, logFile);
    await rename(unfinished, directory).catch(error => {
      // Another process may have built the same system.
      if (!existsSync(directory)) {
        throw error;
      }
    });
  } finally {
    progress.end();
    process.off('exit', removeNow);
    removeNow();
  }
  return directory;
}

function buildArguments(
  system: System,
  version: string,
  output: string,
  source: string,
): string[] {
  const variables = Object.entries(system.variables ?? {}).map(
    ([name, value]) =>
      `-X ${name}=${value.replace('VERSION', version.slice(1))}`,
  );
  return [
    'build',
    '-v',
    '-trimpath',
    `-tags=${(system.tags ?? []).join(',')}`,
    `-ldflags=${['-s -w', ...variables].join(' ')}`,
    `-o=${output}`,
    source,
  ];
}

/** Copies files out of the module cache, which is read-only and may be cleaned. */
async function copyFiles(
  system: System,
  version: string,
  destination: string,
  logFile: string,
): Promise<void> {
  if (!system.files) {
    return;
  }
  const output = await runGo(
    ['mod', 'download', '-json', `${system.module}@${version}`],
    {
      directory: join(systemsDirectory, system.name),
      environment: { GOWORK: 'off' },
      logFile,
    },
  );
  const module: { Dir: string } = JSON.parse(output);
  for (const [name, source] of Object.entries(system.files)) {
    const target = join(destination, 'share', name);
    await mkdir(dirname(target), { recursive: true });
    await copyWritable(join(module.Dir, source), target);
  }
}

async function copyWritable(source: string, target: string): Promise<void> {
  await cp(source, target, {
    recursive: true,
    filter: async (_from, to) => {
      // A read-only copy of a directory could not be filled.
      await chmod(dirname(to), 0o755);
      return true;
    },
  });
  if (target.endsWith('.sh')) {
    await chmod(target, 0o755);
  }
}
