import type { ObjectTypeDefinition } from '../clusterStore/objectTypes';
import { selects, type FakeHistory } from './FakeHistory';
import type { FakeObject } from './FakeObject';

/** Paginated lists: all pages show the objects as of the first page. */
export class FakePages {
  readonly #lists: FakeObject[][] = [];
  readonly #history: FakeHistory;

  constructor(history: FakeHistory) {
    this.#history = history;
  }

  /** @returns the body of the response to a list request. */
  page(type: ObjectTypeDefinition, query: URLSearchParams) {
    const token = query.get('continue');
    const [index, version, position] = token
      ? token.split(':').map(Number)
      : [this.#start(type), this.#history.version, 0];
    const all = this.#lists[index];
    const end = position + Number(query.get('limit') ?? Infinity);
    return {
      kind: `${type.kind}List`,
      apiVersion: type.apiVersion,
      metadata: {
        resourceVersion: String(version),
        continue: end < all.length ? `${index}:${version}:${end}` : '',
      },
      items: all
        .slice(position, end)
        .map(({ kind, apiVersion, ...rest }) => rest),
    };
  }

  #start(type: ObjectTypeDefinition): number {
    const objects = this.#history
      .list(type.kind)
      .filter(object => selects(type, object));
    return this.#lists.push(objects) - 1;
  }
}
