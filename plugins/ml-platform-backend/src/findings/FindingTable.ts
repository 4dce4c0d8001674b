import type { StoredFinding } from '@internal/plugin-ml-platform-node';
import { appended } from './appended';
import { severityRank } from './storedReport';

/** How many vulnerabilities there are, each with its worst severity. */
export interface Tally {
  /** The worst first. */
  bySeverity: number[];
  fixable: number;
}

/** Free numbers, and how often each is in use. */
class Numbers {
  readonly uses: number[] = [];
  readonly #free: number[] = [];

  /** A number that nothing uses. */
  take(): number {
    const number = this.#free.pop() ?? this.uses.length;
    this.uses[number] = 0;
    return number;
  }

  /** @returns whether it was the last use. */
  release(number: number): boolean {
    this.uses[number] -= 1;
    if (this.uses[number] > 0) {
      return false;
    }
    this.#free.push(number);
    return true;
  }
}

/**
 * Numbers for all findings of the reports that are looked at, and for the vulnerabilities that they are about, so that a
 * million mentions of them are four megabytes. A number is given again when no report uses it any more.
 */
export class FindingTable {
  static create(): FindingTable {
    return new FindingTable();
  }

  /** By finding: */
  readonly findings: StoredFinding[] = [];
  readonly severity: number[] = [];
  readonly vulnerability: number[] = [];
  /** By vulnerability: */
  readonly ids: string[] = [];
  readonly findingsOf: number[][] = [];

  readonly #findingNumbers = new Numbers();
  readonly #vulnerabilityNumbers = new Numbers();
  readonly #byFinding = new Map<StoredFinding, number>();
  readonly #byId = new Map<string, number>();
  #order: Int32Array | undefined;
  /** For `tally`, by vulnerability; empty in between. */
  readonly #worst: Array<number | undefined> = [];
  readonly #fixable: boolean[] = [];

  private constructor() {}

  numberOf(vulnerability: string): number | undefined {
    return this.#byId.get(vulnerability);
  }

  /** The numbers of a report's findings, each once; to be released when the report is not looked at any more. */
  add(findings: StoredFinding[]): Int32Array {
    const numbers = new Set<number>();
    for (const finding of findings) {
      const number = this.#byFinding.get(finding) ?? this.#insert(finding);
      if (!numbers.has(number)) {
        numbers.add(number);
        this.#findingNumbers.uses[number] += 1;
      }
    }
    return Int32Array.from(numbers);
  }

  release(numbers: Int32Array): void {
    for (const number of numbers) {
      if (this.#findingNumbers.release(number)) {
        this.#remove(number);
      }
    }
  }

  /** Of all these together; each vulnerability counts once. */
  tally(reports: Iterable<Int32Array>): Tally {
    const touched: number[] = [];
    const bySeverity = [0, 0, 0, 0, 0];
    let fixable = 0;
    for (const numbers of reports) {
      for (let i = 0; i < numbers.length; i += 1) {
        const vulnerability = this.vulnerability[numbers[i]];
        const severity = this.severity[numbers[i]];
        const known = this.#worst[vulnerability];
        if (known === undefined || severity < known) {
          this.#worst[vulnerability] = severity;
        }
        if (known === undefined) {
          touched.push(vulnerability);
        }
        if (this.findings[numbers[i]].fixedVersion) {
          this.#fixable[vulnerability] = true;
        }
      }
    }
    for (const vulnerability of touched) {
      bySeverity[this.#worst[vulnerability] as number] += 1;
      fixable += this.#fixable[vulnerability] ? 1 : 0;
      this.#worst[vulnerability] = undefined;
      this.#fixable[vulnerability] = false;
    }
    return { bySeverity, fixable };
  }

  /** By vulnerability: its place in the order of ids, in which CVE-2026-9 comes before CVE-2026-10. */
  order(): Int32Array {
    this.#order ??= orderOf([...this.#byId]);
    return this.#order;
  }

  #insert(finding: StoredFinding): number {
    const number = this.#findingNumbers.take();
    const { vulnerabilityID } = finding;
    const vulnerability =
      this.#byId.get(vulnerabilityID) ?? this.#insertId(vulnerabilityID);
    this.#byFinding.set(finding, number);
    this.findings[number] = finding;
    this.severity[number] = severityRank(finding.severity);
    this.vulnerability[number] = vulnerability;
    this.findingsOf[vulnerability] = appended(
      this.findingsOf[vulnerability],
      number,
    );
    this.#vulnerabilityNumbers.uses[vulnerability] += 1;
    return number;
  }

  #insertId(id: string): number {
    const number = this.#vulnerabilityNumbers.take();
    this.#byId.set(id, number);
    this.ids[number] = id;
    this.findingsOf[number] = [];
    this.#order = undefined;
    return number;
  }

  #remove(number: number) {
    const vulnerability = this.vulnerability[number];
    this.#byFinding.delete(this.findings[number]);
    this.findingsOf[vulnerability] = this.findingsOf[vulnerability].filter(
      each => each !== number,
    );
    if (this.#vulnerabilityNumbers.release(vulnerability)) {
      this.#byId.delete(this.ids[vulnerability]);
      this.#order = undefined;
    }
  }
}

function orderOf(ids: Array<[id: string, number: number]>): Int32Array {
  const sorted = ids
    .map(([id, number]) => ({
      key: id.replace(/\d+/g, digits => digits.padStart(8, '0')),
      number,
    }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const order = new Int32Array(capacityOf(ids));
  sorted.forEach(({ number }, place) => {
    order[number] = place;
  });
  return order;
}

function capacityOf(ids: Array<[id: string, number: number]>): number {
  return ids.reduce((most, [, number]) => Math.max(most, number + 1), 0);
}
