import type { ServerResponse } from 'node:http';
import type { ObjectTypeDefinition } from '../clusterStore/objectTypes';
import { sendEvent } from './responses';

/** The open watches of a fake API server. */
export class FakeWatches {
  readonly #types = new Map<ServerResponse, ObjectTypeDefinition>();

  add(response: ServerResponse, type: ObjectTypeDefinition): void {
    this.#types.set(response, type);
    response.on('close', () => this.#types.delete(response));
  }

  has(type: ObjectTypeDefinition): boolean {
    return [...this.#types.values()].includes(type);
  }

  /** Sends the event that `eventFor` returns for the type of a watch, if any. */
  send(eventFor: (type: ObjectTypeDefinition) => unknown): void {
    for (const [response, type] of this.#types) {
      const event = eventFor(type);
      if (event !== undefined) {
        sendEvent(response, event);
      }
    }
  }

  /** Ends the watches of an API group, or of one of its versions (`group/version`), regularly. */
  end(group: string): void {
    for (const [response, type] of this.#types) {
      if (type.group === group.split('/')[0]) {
        this.#types.delete(response);
        response.end();
      }
    }
  }

  /** Breaks all connections. */
  reset(): void {
    for (const response of this.#types.keys()) {
      response.destroy();
    }
    this.#types.clear();
  }
}
