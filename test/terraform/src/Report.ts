/** Counts checks, and prints their problems immediately. */
export class Report {
  readonly #log: (line: string) => void;
  #passed = 0;
  #failed = 0;
  #skipped = 0;

  constructor(log: (line: string) => void) {
    this.#log = log;
  }

  get failed(): number {
    return this.#failed;
  }

  title(text: string): void {
    this.#log(`--- ${text}`);
  }

  pass(name: string): void {
    this.#passed += 1;
    this.#log(`ok      ${name}`);
  }

  fail(name: string, messages: string[]): void {
    this.#failed += 1;
    this.#log(`FAILED  ${name}`);
    messages.forEach(message => {
      this.#log(message.trimEnd().replace(/^/gm, '        '));
    });
  }

  skip(name: string, reason: string): void {
    this.#skipped += 1;
    this.#log(`skipped ${name}: ${reason}`);
  }

  /** Passes if there are no problems. */
  judge(name: string, messages: string[]): void {
    if (messages.length) {
      this.fail(name, messages);
    } else {
      this.pass(name);
    }
  }

  summary(): string {
    return `${this.#passed} passed, ${this.#failed} failed, ${
      this.#skipped
    } skipped`;
  }
}
