import { LRUCache } from 'lru-cache';
import { FETCH_COMMAND } from './fetchCommand';
import type { GitCommand } from './GitCommand';

/** Contents that are read from Git at once; a command prints no more than 64 MiB. */
const BATCH_BYTES = 16 * 1024 * 1024;
const CACHED_BYTES = 16 * 1024 * 1024;

/** File contents in a partial clone. Missing blobs are fetched in one request instead of one by one. */
export class BlobStore {
  readonly #git: GitCommand;
  /** Blobs in the clone: asking Git about a missing blob would fetch it. */
  readonly #present = new Set<string>();
  readonly #sizes = new Map<string, number>();
  readonly #contents = new LRUCache<string, Buffer>({
    maxSize: CACHED_BYTES,
    maxEntrySize: CACHED_BYTES / 16,
    sizeCalculation: (content, id) => content.length + id.length,
  });

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
        ...FETCH_COMMAND,
        '--stdin',
        'origin',
      ],
      { input: `${missing.join('\n')}\n` },
    );
    missing.forEach(id => this.#present.add(id));
  }

  /** Sizes of blobs in bytes, by id. Forges do not report sizes, so blobs are fetched to disk, but not read into memory. */
  async sizes(ids: string[]): Promise<Map<string, number>> {
    await this.fetch(ids);
    const unknown = [...new Set(ids)].filter(id => !this.#sizes.has(id));
    if (unknown.length > 0) {
      const output = await this.#git.text(
        ['cat-file', '--batch-check=%(objectname) %(objectsize)'],
        { input: `${unknown.join('\n')}\n` },
      );
      for (const line of output.split('\n')) {
        const [id, size] = line.split(' ');
        this.#sizes.set(id, Number(size));
      }
    }
    return new Map(ids.map(id => [id, this.#sizes.get(id) ?? 0]));
  }

  /** Reads contents by blob id. */
  async read(ids: string[]): Promise<Map<string, Buffer>> {
    const contents = new Map<string, Buffer>();
    let batch: string[] = [];
    let bytes = 0;
    for (const [id, size] of await this.sizes(ids)) {
      const known = this.#contents.get(id);
      if (known) {
        contents.set(id, known);
        continue;
      }
      if (batch.length > 0 && bytes + size > BATCH_BYTES) {
        await this.#readBatch(batch, contents);
        batch = [];
        bytes = 0;
      }
      batch.push(id);
      bytes += size;
    }
    await this.#readBatch(batch, contents);
    return contents;
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

  async #readBatch(ids: string[], contents: Map<string, Buffer>) {
    if (ids.length > 0) {
      const output = await this.#git.run(['cat-file', '--batch'], {
        input: `${ids.join('\n')}\n`,
      });
      for (const [id, content] of parseBatch(output)) {
        contents.set(id, content);
        // A copy: a slice would keep the whole batch.
        this.#contents.set(id, Buffer.from(content));
      }
    }
  }
}

/** Parses a sequence of `<id> blob <size>\n<contents>\n`. */
function* parseBatch(output: Buffer): Generator<[string, Buffer]> {
  for (let offset = 0; offset < output.length; ) {
    const headerEnd = output.indexOf('\n', offset);
    const [id, , size] = output
      .subarray(offset, headerEnd)
      .toString('utf8')
      .split(' ');
    const start = headerEnd + 1;
    const end = start + Number(size);
    yield [id, output.subarray(start, end)];
    offset = end + 1;
  }
}
