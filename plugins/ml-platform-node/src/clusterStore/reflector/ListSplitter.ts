const QUOTE = 0x22;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** Nesting depth inside the list object, its `items` and an item. */
const LIST = 1;
const ITEMS = 2;
const ITEM = 3;

/** Length in bytes up to which a string counts as short. */
const SHORT_STRING = 16;

/**
 * Splits the JSON of a Kubernetes list into its items while it arrives, so that a page is never in memory as a whole. The
 * items are left to JSON.parse, which is several times faster than a streaming parser in JavaScript.
 */
export class ListSplitter {
  readonly #onItem: (json: string) => void;
  /** The list without its items: kind, resource version, continue token. */
  readonly #envelope: Buffer[] = [];
  /** Chunks of an item that is not complete yet. */
  #item: Buffer[] = [];
  #depth = 0;
  #inItems = false;
  #inString = false;
  #escaped = false;

  constructor(options: { onItem: (json: string) => void }) {
    this.#onItem = options.onItem;
  }

  write(chunk: Buffer): void {
    const { length } = chunk;
    let start = 0;
    let position = 0;
    while (position < length) {
      if (this.#inString) {
        position = this.#skipString(chunk, position);
        continue;
      }
      const byte = chunk[position];
      position += 1;
      switch (byte) {
        case QUOTE:
          this.#inString = true;
          break;
        case OPEN_BRACE:
        case OPEN_BRACKET:
          this.#depth += 1;
          if (this.#inItems) {
            start = this.#depth === ITEM ? position - 1 : start;
          } else if (byte === OPEN_BRACKET && this.#depth === ITEMS) {
            start = this.#enterItems(chunk, start, position);
          }
          break;
        case CLOSE_BRACE:
        case CLOSE_BRACKET:
          this.#depth -= 1;
          if (this.#inItems && this.#depth === ITEMS) {
            this.#endItem(chunk.subarray(start, position));
          } else if (this.#inItems && this.#depth === LIST) {
            this.#inItems = false;
            start = position - 1;
          }
          break;
        default:
      }
    }
    if (!this.#inItems) {
      this.#envelope.push(chunk.subarray(start));
    } else if (this.#depth >= ITEM) {
      this.#item.push(chunk.subarray(start));
    }
  }

  /**
   * @returns the list with an empty `items`, or null if the server sent null.
   * @throws SyntaxError when the list is incomplete.
   */
  end(): unknown {
    return JSON.parse(Buffer.concat(this.#envelope).toString('utf8'));
  }

  #enterItems(chunk: Buffer, start: number, position: number): number {
    const before = [...this.#envelope, chunk.subarray(start, position)];
    const text = Buffer.concat(before).toString('utf8');
    if (!/[{,]\s*"items"\s*:\s*\[$/.test(text)) {
      return start;
    }
    this.#envelope.push(chunk.subarray(start, position));
    this.#inItems = true;
    return position;
  }

  #endItem(rest: Buffer) {
    const bytes =
      this.#item.length > 0 ? Buffer.concat([...this.#item, rest]) : rest;
    this.#item = [];
    this.#onItem(bytes.toString('utf8'));
  }

  /** @returns the position after the closing quote, or the length of the chunk. */
  #skipString(chunk: Buffer, from: number): number {
    let position = this.#escaped ? from + 1 : from;
    this.#escaped = false;
    // Most strings are short: for them, this loop is faster than a call of `indexOf`.
    const shortEnd = Math.min(chunk.length, position + SHORT_STRING);
    while (position < shortEnd) {
      const byte = chunk[position];
      if (byte === QUOTE) {
        this.#inString = false;
        return position + 1;
      }
      position += byte === BACKSLASH ? 2 : 1;
    }
    while (position < chunk.length) {
      const found = chunk.indexOf(QUOTE, position);
      const end = found < 0 ? chunk.length : found;
      const isEscaped = endsEscaped(chunk, position, end);
      if (found < 0) {
        this.#escaped = isEscaped;
        return end;
      }
      position = end + 1;
      if (!isEscaped) {
        this.#inString = false;
        return position;
      }
    }
    this.#escaped = position > chunk.length;
    return chunk.length;
  }
}

/** Returns true if the byte at `end` is escaped: after an odd number of backslashes since `start`. */
function endsEscaped(chunk: Buffer, start: number, end: number): boolean {
  let first = end;
  while (first > start && chunk[first - 1] === BACKSLASH) {
    first -= 1;
  }
  return (end - first) % 2 === 1;
}
