import type {
  ApplicationRecord,
  ChangeRequestRecord,
} from './changeRequestRecord';

export interface ChangeRequestRecordsOptions {
  /** Called for every change but that of `readAt` alone. */
  onChange: (record: ChangeRequestRecord) => void;
}

/** Change requests in memory. One loop writes what the forge says, another one the progress of rollouts. */
export class ChangeRequestRecords {
  readonly #records = new Map<number, ChangeRequestRecord>();
  readonly #changed = new Set<number>();
  /** Numbers that another replica may write again before it notices the same. */
  readonly #removed = new Set<number>();
  readonly #onChange: (record: ChangeRequestRecord) => void;

  constructor(options: ChangeRequestRecordsOptions) {
    this.#onChange = options.onChange;
  }

  all(): ChangeRequestRecord[] {
    return [...this.#records.values()];
  }

  get(number: number): ChangeRequestRecord | undefined {
    return this.#records.get(number);
  }

  /** Time at which any of them was last read from the forge; ISO 8601. */
  lastReadAt(): string | undefined {
    return this.all()
      .map(({ readAt }) => readAt)
      .sort()
      .at(-1);
  }

  /** Writes what the forge says; keeps the progress of the Applications. */
  put(record: ChangeRequestRecord): void {
    const current = this.#records.get(record.number);
    const applications = record.applications.map(application =>
      withProgress(application, current),
    );
    this.#set({ ...record, applications });
  }

  /** Writes the progress of the Applications; keeps what the forge said. */
  advance(number: number, applications: ApplicationRecord[]): void {
    const current = this.#records.get(number);
    if (current) {
      this.#set({
        ...current,
        applications: current.applications.map(
          application =>
            applications.find(({ name }) => name === application.name) ??
            application,
        ),
      });
    }
  }

  /** Merges a record of the database: the newer one wins, and progress is kept from both. */
  recall(stored: ChangeRequestRecord): void {
    const current = this.#records.get(stored.number);
    if (this.#removed.has(stored.number)) {
      this.#changed.add(stored.number);
      return;
    }
    if (!current) {
      this.#records.set(stored.number, stored);
      return;
    }
    const newer = stored.updatedAt > current.updatedAt ? stored : current;
    const older = newer === current ? stored : current;
    const applications = newer.applications.map(application =>
      withPassed(application, older),
    );
    this.#records.set(newer.number, { ...newer, applications });
  }

  /** Removes a pull request that no longer affects any team. */
  remove(number: number): void {
    this.#removed.add(number);
    if (this.#records.delete(number)) {
      this.#changed.add(number);
    }
  }

  /** Returns the numbers that changed since the previous call. */
  takeChanged(): number[] {
    const changed = [...this.#changed];
    this.#changed.clear();
    return changed;
  }

  /** Marks numbers as changed, for example because they could not be written. */
  markChanged(numbers: Iterable<number>): void {
    for (const number of numbers) {
      this.#changed.add(number);
    }
  }

  #set(record: ChangeRequestRecord): void {
    const before = this.#records.get(record.number);
    this.#removed.delete(record.number);
    if (isSame(before, record)) {
      return;
    }
    this.#records.set(record.number, record);
    this.#changed.add(record.number);
    if (!isSame(before && { ...before, readAt: record.readAt }, record)) {
      this.#onChange(record);
    }
  }
}

function isSame(
  one: ChangeRequestRecord | undefined,
  other: ChangeRequestRecord,
): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function withProgress(
  application: ApplicationRecord,
  other: ChangeRequestRecord | undefined,
): ApplicationRecord {
  const same = sameApplication(application, other);
  return same
    ? { ...application, applied: same.applied, healthy: same.healthy }
    : application;
}

/** Keeps the earlier timestamp. */
function withPassed(
  application: ApplicationRecord,
  other: ChangeRequestRecord,
): ApplicationRecord {
  const same = sameApplication(application, other);
  return same
    ? {
        ...application,
        applied: firstPassed(application.applied, same.applied),
        healthy: firstPassed(application.healthy, same.healthy),
      }
    : application;
}

function sameApplication(
  { name, removes }: ApplicationRecord,
  other: ChangeRequestRecord | undefined,
): ApplicationRecord | undefined {
  return other?.applications.find(
    candidate => candidate.name === name && candidate.removes === removes,
  );
}

function firstPassed(
  one: ApplicationRecord['applied'],
  other: ApplicationRecord['applied'],
): ApplicationRecord['applied'] {
  if (one.state !== 'passed' || other.state !== 'passed') {
    return other.state === 'passed' ? other : one;
  }
  return (other.at ?? '') < (one.at ?? '') ? other : one;
}
