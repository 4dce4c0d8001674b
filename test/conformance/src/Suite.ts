// This file is where jest's functions are called with names from elsewhere.
/* eslint-disable jest/expect-expect, jest/no-export, jest/valid-describe-callback, jest/valid-title */
import { readFileSync } from 'node:fs';
import { assertionList } from './paths';
import type { Target } from './targets/Target';

/** How a file of assertions adds to the suite; `target` is there once they run. */
export type Assertions<T extends Target = Target> = (suite: Suite<T>) => void;

/**
 * Assertions with names that are on record: what was not run is noticed, however it came to be left out.
 *
 * The list has a line for each: `both` for those that run on either target, `real` for those of real systems only.
 */
export class Suite<T extends Target> {
  readonly #passed = new Set<string>();
  readonly #known = new Set<string>();
  readonly #kind: Target['kind'];
  #area = '';
  #target: T | undefined;

  /** Registers a whole suite with jest. */
  static describe<T extends Target>(options: {
    kind: T['kind'];
    start: () => Promise<T>;
    areas: Record<string, Assertions<T>>;
  }): void {
    const { kind, start, areas } = options;
    const suite = new Suite<T>(kind);
    beforeAll(async () => {
      suite.#target = await start();
    }, 1_800_000);
    afterAll(async () => {
      await suite.#target?.stop();
    }, 60_000);
    for (const [area, register] of Object.entries(areas)) {
      suite.#area = area;
      describe(area, () => register(suite));
    }
    suite.#compareWithList();
  }

  private constructor(kind: Target['kind']) {
    this.#kind = kind;
  }

  get target(): T {
    if (!this.#target) {
      throw new Error('The target is there only while assertions run');
    }
    return this.#target;
  }

  /** @param seconds - how long it may take. */
  assert(name: string, check: () => Promise<void>, seconds = 30): void {
    const full = `${this.#area}: ${name}`;
    if (this.#known.has(full)) {
      throw new Error(`Two assertions are called "${full}"`);
    }
    this.#known.add(full);
    it(
      name,
      async () => {
        await check();
        this.#passed.add(full);
      },
      seconds * 1000,
    );
  }

  #compareWithList(): void {
    const listed = readFileSync(assertionList, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map(line => ({ on: line.slice(0, 4), name: line.slice(5) }))
      .filter(({ on }) => on === 'both' || on === this.#kind)
      .map(({ name }) => name);
    describe('the list of assertions', () => {
      it('names every assertion of this suite', () => {
        expect([...this.#known].filter(name => !listed.includes(name))).toEqual(
          [],
        );
      });

      it('names no assertion that did not run and pass', () => {
        expect(listed.filter(name => !this.#passed.has(name))).toEqual([]);
      });
    });
  }
}
