/** Counts the open connections of each person and in total, and refuses those above the limits. */
export class OpenConnections {
  readonly #perPerson: number;
  readonly #inTotal: number;
  readonly #counts = new Map<string, number>();
  #total = 0;

  constructor(limits: { perPerson: number; inTotal: number }) {
    this.#perPerson = limits.perPerson;
    this.#inTotal = limits.inTotal;
  }

  /** @returns a function to call once it is closed; undefined if there are too many. */
  open(person: string): (() => void) | undefined {
    const count = this.#counts.get(person) ?? 0;
    if (count >= this.#perPerson || this.#total >= this.#inTotal) {
      return undefined;
    }
    this.#counts.set(person, count + 1);
    this.#total += 1;
    return () => {
      const left = (this.#counts.get(person) ?? 0) - 1;
      this.#total -= 1;
      if (left > 0) {
        this.#counts.set(person, left);
      } else {
        this.#counts.delete(person);
      }
    };
  }
}

/** The error of a request that is refused because too many are open. */
export function tooManyOpen(what: string): Error {
  return Object.assign(
    new Error(
      `You have too many open ${what}. Close some of the portal's pages and try again.`,
    ),
    { name: 'TooManyRequestsError', statusCode: 429 },
  );
}
