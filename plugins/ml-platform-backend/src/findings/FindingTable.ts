import type { StoredFinding } from '@internal/plugin-ml-platform-node';
import { appended } from './appended';
import { severityRank } from './storedReport';

/** Number of vulnerabilities, each counted with its highest severity. */
export interface Tally {
  /** Most severe first. */
  bySeverity: number[];
  fixable: number;
}

/** Assigns numbers, counts their uses and recycles unused ones. */
class Numbers {
  readonly uses: number[] = [];
  readonly #free: number[] = [];

  /** @returns an unused number. */
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
 * Numbers the findings of all indexed reports and their vulnerabilities, so that a million mentions in reports need four
 * megabytes. Numbers that no report uses are recycled.
 */
export class FindingTable {
  /** By finding number: */
  readonly findings: StoredFinding[] = [];
  readonly severity: number[] = [];
  readonly vulnerability: number[] = [];
  /** By vulnerability number: */
  readonly ids: string[] = [];
  readonly findingsOf: number[][] = [];

  readonly #findingNumbers = new Numbers();
  readonly #vulnerabilityNumbers = new Numbers();
  readonly #byFinding = new Map<StoredFinding, number>();
  readonly #byId = new Map<string, number>();
  #order: Int32Array | undefined;
  /** Scratch space of `tally` by vulnerability number; empty between calls. */
  readonly #worst: Array<number | undefined> = [];
  readonly #fixable: boolean[] = [];

  numberOf(vulnerability: string): number | undefined {
    return this.#byId.get(vulnerability);
  }

  /** Numbers the findings of a report, each once; release them when the report is dropped. */
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

  /** Tallies reports together; each vulnerability counts once. */
  tally(reports: Iterable<Int32Array>): Tally {
    const vulnerabilities: number[] = [];
    const bySeverity = [0, 0, 0, 0, 0];
    let fixable = 0;
    for (const numbers of reports) {
      for (let i = 0; i < numbers.length; i += 1) {
        const vulnerability = this.vulnerability[numbers[i]];
        const severity = this.severity[numbers[i]];
        const worst = this.#worst[vulnerability];
        if (worst === undefined || severity < worst) {
          this.#worst[vulnerability] = severity;
        }
        if (worst === undefined) {
          vulnerabilities.push(vulnerability);
        }
        if (this.findings[numbers[i]].fixedVersion) {
          this.#fixable[vulnerability] = true;
        }
      }
    }
    for (const vulnerability of vulnerabilities) {
      bySeverity[this.#worst[vulnerability] as number] += 1;
      fixable += this.#fixable[vulnerability] ? 1 : 0;
      this.#worst[vulnerability] = undefined;
      this.#fixable[vulnerability] = false;
    }
    return { bySeverity, fixable };
  }

  /** By vulnerability number: rank in the order of ids, with CVE-2026-9 before CVE-2026-10. */
  order(): Int32Array {
    this.#order ??= rankIds([...this.#byId]);
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

function rankIds(ids: Array<[id: string, number: number]>): Int32Array {
  const sorted = ids
    .map(([id, number]) => ({
      key: id.replace(/\d+/g, digits => digits.padStart(8, '0')),
      number,
    }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const order = new Int32Array(countNumbers(ids));
  sorted.forEach(({ number }, place) => {
    order[number] = place;
  });
  return order;
}

function countNumbers(ids: Array<[id: string, number: number]>): number {
  return ids.reduce((most, [, number]) => Math.max(most, number + 1), 0);
}
