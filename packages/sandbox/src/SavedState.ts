import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

const DELAY = 500;

/** A small table in one JSON file: read at the start, written soon after a change. */
export class SavedState<Value> {
  readonly #file: string;
  readonly #values: Map<string, Value>;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  static async open<Value>(file: string): Promise<SavedState<Value>> {
    const content = await readFile(file, 'utf8').catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') {
          return '{}';
        }
        throw error;
      },
    );
    return new SavedState(
      file,
      new Map(Object.entries(JSON.parse(content) as Record<string, Value>)),
    );
  }

  private constructor(file: string, values: Map<string, Value>) {
    this.#file = file;
    this.#values = values;
  }

  get(key: string): Value | undefined {
    return this.#values.get(key);
  }

  set(key: string, value: Value): void {
    this.#values.set(key, value);
    this.#saveSoon();
  }

  delete(key: string): void {
    if (this.#values.delete(key)) {
      this.#saveSoon();
    }
  }

  /** Writes what is not written yet. */
  async close(): Promise<void> {
    if (this.#timer) {
      this.#save();
    }
    await this.#writing;
  }

  #saveSoon(): void {
    this.#timer ??= setTimeout(() => this.#save(), DELAY);
  }

  #save(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const content = JSON.stringify(Object.fromEntries(this.#values));
    this.#writing = this.#writing.then(async () => {
      await mkdir(dirname(this.#file), { recursive: true });
      // Whole or not at all: the process may be ended at any time.
      await writeFile(`${this.#file}.new`, content);
      await rename(`${this.#file}.new`, this.#file);
    });
  }
}
