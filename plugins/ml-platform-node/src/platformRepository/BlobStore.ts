import type { GitCommand } from './GitCommand';

/** File contents in a partial clone. Missing blobs are fetched in one request instead of one by one. */
export class BlobStore {
  readonly #git: GitCommand;
  /** Blobs in the clone: asking Git about a missing blob would fetch it. */
  readonly #present = new Set<string>();

  constructor(git: GitCommand) {
    this.#git = git;
  }

  /** Fetches the blobs that the clone does not have. */
  async fetch(ids: string[]): Promise<void> {
    const missing = [...new Set(ids)].filter(id => !this.#present.has(id));
    if (missing.length === 0) {
      return;
    }
    await this.#git.run(
      [
        '-c',
        'fetch.negotiationAlgorithm=noop',
        'fetch',
        '--quiet',
        '--no-tags',
        '--no-write-fetch-head',
        '--recurse-submodules=no',
        '--filter=blob:none',
        '--stdin',
        'origin',
      ],
      { input: `${missing.join('\n')}\n` },
    );
    missing.forEach(id => this.#present.add(id));
  }

  /** Reads contents by blob id. */
  async read(ids: string[]): Promise<Map<string, Buffer>> {
    const unique = [...new Set(ids)];
    if (unique.length === 0) {
      return new Map();
    }
    await this.fetch(unique);
    const output = await this.#git.run(['cat-file', '--batch'], {
      input: `${unique.join('\n')}\n`,
    });
    return parseBatch(output);
  }

  /** Stores files as blobs. @returns their ids in the same order. */
  async write(files: string[]): Promise<string[]> {
    const output = await this.#git.text(
      ['hash-object', '-w', '--no-filters', '--stdin-paths'],
      { input: files.map(file => `${file}\n`).join('') },
    );
    const ids = output.split('\n');
    ids.forEach(id => this.#present.add(id));
    return ids;
  }
}

/** Parses a sequence of `<id> blob <size>\n<contents>\n`. */
function parseBatch(output: Buffer): Map<string, Buffer> {
  const contents = new Map<string, Buffer>();
  for (let offset = 0; offset < output.length; ) {
    const headerEnd = output.indexOf('\n', offset);
    const [id, , size] = output
      .subarray(offset, headerEnd)
      .toString('utf8')
      .split(' ');
    const start = headerEnd + 1;
    const end = start + Number(size);
    contents.set(id, output.subarray(start, end));
    offset = end + 1;
  }
  return contents;
}
