const NEWLINE = 0x0a;

/** Splits a stream of bytes into lines. */
export class Lines {
  readonly #onLine: (line: string) => void;
  #rest: Buffer[] = [];

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  write(chunk: Buffer): void {
    let start = 0;
    for (;;) {
      const end = chunk.indexOf(NEWLINE, start);
      if (end < 0) {
        break;
      }
      const last = chunk.subarray(start, end);
      const line =
        this.#rest.length > 0 ? Buffer.concat([...this.#rest, last]) : last;
      this.#rest = [];
      start = end + 1;
      if (line.length > 0) {
        this.#onLine(line.toString('utf8'));
      }
    }
    if (start < chunk.length) {
      this.#rest.push(Buffer.from(chunk.subarray(start)));
    }
  }
}
