import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cached } from '../cache';
import { runOrThrow } from '../run';

/** The generated bindings of a provider, from the required files of its npm package. */
export class Bindings {
  readonly #archive: string;
  readonly #directory: string;
  readonly #available: Set<string>;
  readonly version: string;

  private constructor(
    archive: string,
    directory: string,
    available: Set<string>,
    version: string,
  ) {
    this.#archive = archive;
    this.#directory = directory;
    this.#available = available;
    this.version = version;
  }

  /** @param packageAndVersion - for example `@cdktf/provider-aws@19.65.1` */
  static async fetch(packageAndVersion: string): Promise<Bindings> {
    const name = packageAndVersion.replace(/^@/, '').replaceAll(/[/@]/g, '-');
    const download = await cached(name, async destination => {
      // Only the archive: an installation would include the whole Terraform CDK.
      const file = await runOrThrow(
        'npm',
        ['pack', packageAndVersion, '--ignore-scripts', '--silent'],
        { directory: destination },
      );
      await runOrThrow('mv', [file.trim(), 'package.tgz'], {
        directory: destination,
      });
    });
    const archive = join(download, 'package.tgz');
    const listing = await runOrThrow('tar', ['-tzf', archive]);
    const available = new Set(
      [...listing.matchAll(/^package\/lib\/([\w-]+)\/index\.js$/gm)].map(
        match => match[1],
      ),
    );
    const description = await runOrThrow('tar', [
      '-xOzf',
      archive,
      'package/package.json',
    ]);
    const { cdktf } = JSON.parse(description);
    const directory = await mkdtemp(join(tmpdir(), 'bindings-'));
    return new Bindings(archive, directory, available, cdktf.provider.version);
  }

  /** Unpacks the bindings of the provider's configuration and of types. */
  async unpack(types: { resources: string[]; dataSources: string[] }) {
    const wanted = [
      'provider',
      ...types.resources.flatMap(resourceDirectories),
      ...types.dataSources.map(dataSourceDirectory),
    ].filter(name => this.#available.has(name));
    await runOrThrow('tar', [
      '-xzf',
      this.#archive,
      '-C',
      this.#directory,
      ...new Set(wanted.map(name => `package/lib/${name}`)),
    ]);
  }

  provider(): Promise<string> {
    return this.#programs('provider');
  }

  dataSource(type: string): Promise<string | undefined> {
    return this.#find(type, [dataSourceDirectory(type)]);
  }

  resource(type: string): Promise<string | undefined> {
    return this.#find(type, resourceDirectories(type));
  }

  async remove(): Promise<void> {
    await rm(this.#directory, { recursive: true, force: true });
  }

  /** Undefined if the provider does not have the type. */
  async #find(type: string, candidates: string[]): Promise<string | undefined> {
    for (const name of candidates.filter(each => this.#available.has(each))) {
      const programs = await this.#programs(name);
      if (programs.includes(`.tfResourceType = "${type}"`)) {
        return programs;
      }
    }
    return undefined;
  }

  /** The files of a binding; large ones have several. */
  async #programs(name: string): Promise<string> {
    const directory = join(this.#directory, 'package/lib', name);
    const files = await readdir(directory, { recursive: true });
    const programs = files
      .filter(file => file.endsWith('.js'))
      .map(file => readFile(join(directory, file), 'utf8'));
    return (await Promise.all(programs)).join('\n');
  }
}

function dataSourceDirectory(type: string): string {
  return `data-${type.replaceAll('_', '-')}`;
}

/** Possible file names of a type, without the provider's name; a suffix avoids conflicts with other classes. */
function resourceDirectories(type: string): string[] {
  const name = type.split('_').slice(1).join('-');
  return [name, `${name}-a`, `${name}-resource`];
}
