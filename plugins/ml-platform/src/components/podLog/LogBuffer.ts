/** A line of a log. Ids count up, also after older lines were dropped. */
export interface LogLine {
  id: number;
  /** As the container wrote it, with escape sequences. */
  text: string;
}

export interface LogContent {
  lines: LogLine[];
  /** Number of older lines that were dropped. */
  dropped: number;
}

const MAX_LINES = 100_000;

/** The last lines of a log that grows. */
export class LogBuffer {
  readonly #maxLines: number;
  #lines: LogLine[] = [];
  /** A line that has not ended. */
  #rest = '';
  #nextId = 0;

  constructor(options: { maxLines?: number } = {}) {
    this.#maxLines = options.maxLines ?? MAX_LINES;
  }

  append(text: string): void {
    const parts = (this.#rest + text).split('\n');
    this.#rest = parts.pop() ?? '';
    for (const part of parts) {
      this.#lines.push({ id: this.#nextId, text: lastState(part) });
      this.#nextId += 1;
    }
    // In steps, since moving the rest to the front takes its time.
    if (this.#lines.length > this.#maxLines * 1.1) {
      this.#lines = this.#lines.slice(-this.#maxLines);
    }
  }

  content(): LogContent {
    const lines = [
      ...this.#lines,
      ...(this.#rest
        ? [{ id: this.#nextId, text: lastState(this.#rest) }]
        : []),
    ].slice(-this.#maxLines);
    return { lines, dropped: lines[0]?.id ?? 0 };
  }
}

/** Progress bars redraw their line with carriage returns: only its last state is kept. */
function lastState(line: string): string {
  const trimmed = line.replace(/\r+$/, '');
  return trimmed.slice(trimmed.lastIndexOf('\r') + 1);
}
