import type { IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import { poll } from '../poll';
import type { KubernetesObject } from './KubernetesObject';

export interface WatchEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  object: KubernetesObject & { code?: number; reason?: string };
}

/** A watch and what it has said so far. */
export class Watch {
  readonly events: WatchEvent[] = [];
  readonly #response: IncomingMessage;
  #ended = false;

  static on(response: IncomingMessage): Watch {
    return new Watch(response);
  }

  private constructor(response: IncomingMessage) {
    this.#response = response;
    createInterface({ input: response }).on('line', line => {
      this.events.push(JSON.parse(line));
    });
    response.on('close', () => {
      this.#ended = true;
    });
    response.on('error', () => {});
  }

  get status(): number {
    return this.#response.statusCode ?? 0;
  }

  /** The first event that fits, from now or before. */
  event(
    what: string,
    fits: (event: WatchEvent) => boolean,
    seconds = 30,
  ): Promise<WatchEvent> {
    return poll(what, seconds, async () => this.events.find(fits));
  }

  /** Resolves when the server has ended the watch. */
  async ended(seconds: number): Promise<void> {
    await poll('the end of a watch', seconds, async () =>
      this.#ended ? true : undefined,
    );
  }

  close(): void {
    this.#response.destroy();
  }
}
