// This file calls jest's functions with names from other files.
/* eslint-disable jest/expect-expect, jest/no-export, jest/valid-describe-callback, jest/valid-title */
import { readFileSync } from 'node:fs';
import { assertionList } from './paths';
import type { Target } from './targets/Target';

// Deadlines of tests that fail; passing tests never reach them. The first start builds the real systems, for many minutes.
const START_MS = 3_600_000;
const ASSERTION_MS = 900_000;

/** Adds assertions to a suite, whose `target` they may use only while they run. */
export type Assertions<T extends Target = Target> = (suite: Suite<T>) => void;

/**
 * A test suite that fails if an assertion of `assertions.txt` did not run, or if one is not listed there.
 *
 * Lines of the list start with `both` for assertions that run on either target, or with `real` for real systems only.
 */
export class Suite<T extends Target> {
  readonly #passed = new Set<string>();
  readonly #registered = new Set<string>();
  readonly #kind: Target['kind'];
  #area = '';
  #target: T | undefined;

  /** Registers all assertions with jest. */
  static describe<T extends Target>(options: {
    kind: T['kind'];
    start: () => Promise<T>;
    areas: Record<string, Assertions<T>>;
  }): void {
    const { kind, start, areas } = options;
    const suite = new Suite<T>(kind);
    beforeAll(async () => {
      suite.#target = await start();
    }, START_MS);
    afterAll(async () => {
      await suite.#target?.stop();
    }, ASSERTION_MS);
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
      throw new Error('Use the target only while assertions run');
    }
    return this.#target;
  }

  assert(name: string, check: () => Promise<void>): void {
    const full = `${this.#area}: ${name}`;
    if (this.#registered.has(full)) {
      throw new Error(`The assertion "${full}" exists twice`);
    }
    this.#registered.add(full);
    it(
      name,
      async () => {
        await check();
        this.#passed.add(full);
      },
      ASSERTION_MS,
    );
  }

  #compareWithList(): void {
    const listed = readFileSync(assertionList, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map(line => ({ targets: line.slice(0, 4), name: line.slice(5) }))
      .filter(({ targets }) => targets === 'both' || targets === this.#kind)
      .map(({ name }) => name);
    describe('the list of assertions', () => {
      it('contains every assertion of this suite', () => {
        expect(
          [...this.#registered].filter(name => !listed.includes(name)),
        ).toEqual([]);
      });

      it('contains only assertions that ran and passed', () => {
        expect(listed.filter(name => !this.#passed.has(name))).toEqual([]);
      });
    });
  }
}
