import type { ApplicationRecord, ChangeRequestRecord } from './changeRequestRecord';

/** The requests that this replica knows. Two loops change them: what one has learnt, the other keeps. */
export class ChangeRequestRecords {
  static create(options: {
    /** Not told of a request that was asked about, and is as it was. */
    onChange: (record: ChangeRequestRecord) => void;
  }): ChangeRequestRecords {
    return new ChangeRequestRecords(options.onChange);
  }

  readonly #records = new Map<number, ChangeRequestRecord>();
  readonly #changed = new Set<number>();
  readonly #onChange: (record: ChangeRequestRecord) => void;

  private constructor(onChange: (record: ChangeRequestRecord) => void) {
    this.#onChange = onChange;
  }

  all(): ChangeRequestRecord[] {
    return [...this.#records.values()];
  }

  get(number: number): ChangeRequestRecord | undefined {
    return this.#records.get(number);
  }

  /** When the forge was last asked about any of them; ISO 8601. */
  lastReadAt(): string | undefined {
    return this.all()
      .map(({ readAt }) => readAt)
      .sort()
      .at(-1);
  }

  /** Takes what the forge says of a pull request; how far its Applications came stays as it is. */
  put(record: ChangeRequestRecord): void {
    const current = this.#records.get(record.number);
    const applications = record.applications.map(application =>
      withProgress(application, current),
    );
    this.#set({ ...record, applications });
  }

  /** Takes how far the Applications of a request came; what the forge says of it stays as it is. */
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

  /** Takes what was remembered of a request, where less is known. */
  recall(remembered: ChangeRequestRecord): void {
    const current = this.#records.get(remembered.number);
    if (!current) {
      this.#records.set(remembered.number, remembered);
      return;
    }
    const newer =
      remembered.updatedAt > current.updatedAt ? remembered : current;
    const older = newer === current ? remembered : current;
    const applications = newer.applications.map(application =>
      withPassed(application, older),
    );
    this.#records.set(newer.number, { ...newer, applications });
  }

  /** Forgets a pull request that is no team's any more. */
  remove(number: number): void {
    if (this.#records.delete(number)) {
      this.#changed.add(number);
    }
  }

  /** Numbers of what changed since this was called before. */
  takeChanged(): number[] {
    const changed = [...this.#changed];
    this.#changed.clear();
    return changed;
  }

  /** Takes numbers as changed, for example because they were not written down. */
  markChanged(numbers: Iterable<number>): void {
    for (const number of numbers) {
      this.#changed.add(number);
    }
  }

  #set(record: ChangeRequestRecord): void {
    const before = this.#records.get(record.number);
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

function isSame(one: ChangeRequestRecord | undefined, other: ChangeRequestRecord): boolean {
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

/** Whoever saw it pass first is right about when. */
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
