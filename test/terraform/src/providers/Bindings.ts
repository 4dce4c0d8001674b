import { join } from 'node:path';
import { cached } from '../cache';
import { runOrThrow } from '../run';

/** The generated bindings of one provider, from its npm package. */
export class Bindings {
  readonly #archive: string;
  readonly #directories: Set<string>;
  readonly version: string;

  private constructor(
    archive: string,
    directories: Set<string>,
    version: string,
  ) {
    this.#archive = archive;
    this.#directories = directories;
    this.version = version;
  }

  /** @param packageAndVersion - such as `@cdktf/provider-aws@19.65.1`. */
  static async fetch(packageAndVersion: string): Promise<Bindings> {
    const name = packageAndVersion.replace(/^@/, '').replaceAll(/[/@]/g, '-');
    const directory = await cached(name, async destination => {
      // A bare archive: installing it would bring the whole Terraform CDK.
      await runOrThrow(
        'npm',
        ['pack', packageAndVersion, '--ignore-scripts', '--silent'],
        { directory: destination },
      );
      await runOrThrow('sh', ['-c', 'mv ./*.tgz package.tgz'], {
        directory: destination,
      });
    });
    const archive = join(directory, 'package.tgz');
    const listing = await runOrThrow('tar', ['-tzf', archive]);
    const directories = new Set(
      [...listing.matchAll(/^package\/lib\/([\w-]+)\/index\.js$/gm)].map(
        match => match[1],
      ),
    );
    const description = await extract(archive, 'package/package.json');
    const { cdktf } = JSON.parse(description);
    return new Bindings(archive, directories, cdktf.provider.version);
  }

  /** The programs of the provider's own configuration. */
  provider(): Promise<string> {
    return extract(this.#archive, 'package/lib/provider');
  }

  /** The programs of a resource or data source; undefined when the provider has none of that type. */
  async find(
    kind: 'resource' | 'data',
    type: string,
  ): Promise<string | undefined> {
    const words = type.replaceAll('_', '-');
    // The provider's own name is left out of resources' names only. A letter is added where two names would be one.
    const name =
      kind === 'data' ? `data-${words}` : words.slice(words.indexOf('-') + 1);
    for (const candidate of [name, `${name}-a`, `${name}-resource`]) {
      if (this.#directories.has(candidate)) {
        const programs = await extract(
          this.#archive,
          `package/lib/${candidate}`,
        );
        if (programs.includes(`.tfResourceType = "${type}"`)) {
          return programs;
        }
      }
    }
    return undefined;
  }
}

async function extract(archive: string, file: string): Promise<string> {
  return runOrThrow('tar', ['-xOzf', archive, file]);
}
