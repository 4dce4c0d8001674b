import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import { waitUntil } from '@internal/real-platform';
import type { KubernetesObject } from './KubernetesObject';

export interface WatchEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  object: KubernetesObject & { code?: number; reason?: string };
}

/** A watch with the events that it has received. */
export class Watch {
  readonly events: WatchEvent[] = [];
  readonly #response: IncomingMessage;

  constructor(response: IncomingMessage) {
    this.#response = response;
    createInterface({ input: response }).on('line', line => {
      this.events.push(JSON.parse(line));
    });
    response.on('error', () => {});
  }

  get status(): number {
    return this.#response.statusCode ?? 0;
  }

  /** Waits for the first event, past or future, that matches. */
  event(
    name: string,
    matches: (event: WatchEvent) => boolean,
  ): Promise<WatchEvent> {
    return waitUntil(name, async () => {
      const event = this.events.find(matches);
      if (!event) {
        throw new Error(`Received ${JSON.stringify(this.events)}`);
      }
      return event;
    });
  }

  /** Resolves when the server has ended the watch. */
  async ended(): Promise<void> {
    if (!this.#response.closed) {
      await once(this.#response, 'close');
    }
  }

  close(): void {
    this.#response.destroy();
  }
}
