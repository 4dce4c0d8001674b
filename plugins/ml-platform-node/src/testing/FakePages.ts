import type { FakeObject } from './FakeKubernetes';

/** Pages of lists: all pages show the objects as they were when the first was made. */
export class FakePages {
  readonly #lists: FakeObject[][] = [];

  page(
    token: string | null,
    limit: number,
    version: number,
    list: () => FakeObject[],
  ) {
    const [index, at, position] = token
      ? token.split(':').map(Number)
      : [this.#lists.push(list()) - 1, version, 0];
    const all = this.#lists[index];
    const end = position + limit;
    return {
      metadata: {
        resourceVersion: String(at),
        continue: end < all.length ? `${index}:${at}:${end}` : '',
      },
      items: all.slice(position, end),
    };
  }
}
