import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

const SAVE_DELAY_MS = 500;

/** A small key-value store in one JSON file, which is written shortly after changes. */
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

  values(): Value[] {
    return [...this.#values.values()];
  }

  get(key: string): Value | undefined {
    return this.#values.get(key);
  }

  set(key: string, value: Value): void {
    this.#values.set(key, value);
    this.#scheduleSave();
  }

  delete(key: string): void {
    if (this.#values.delete(key)) {
      this.#scheduleSave();
    }
  }

  /** Writes pending changes. */
  async close(): Promise<void> {
    if (this.#timer) {
      this.#save();
    }
    await this.#writing;
  }

  #scheduleSave(): void {
    this.#timer ??= setTimeout(() => this.#save(), SAVE_DELAY_MS);
  }

  #save(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const content = JSON.stringify(Object.fromEntries(this.#values));
    this.#writing = this.#writing.then(async () => {
      await mkdir(dirname(this.#file), { recursive: true });
      // Write and rename, so that an interrupted process leaves no incomplete file.
      await writeFile(`${this.#file}.new`, content);
      await rename(`${this.#file}.new`, this.#file);
    });
  }
}
