import type {
  LiveChange,
  LiveTopic,
} from '@internal/plugin-ml-platform-common';
import type { Response } from 'express';

const COALESCE_MILLISECONDS = 1_000;
const HEARTBEAT_MILLISECONDS = 15_000;
/** A client that has not drained its socket for this long is disconnected. */
const STUCK_MILLISECONDS = 60_000;

/**
 * Server-sent events to one page. Topics announced within a second are one event, so that a page reads again once a
 * second at most. Nothing is sent while the page has not drained its socket.
 */
export class LiveStream {
  readonly #response: Response;
  readonly #changed = new Set<LiveTopic>();
  readonly #heartbeat: ReturnType<typeof setInterval>;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #stuckSince: number | undefined;

  constructor(response: Response) {
    this.#response = response;
    response.status(200).set({
      'Content-Type': 'text/event-stream; charset=utf-8',
      // Neither cached nor compressed: compression would delay events.
      'Cache-Control': 'private, no-store, no-transform',
      'X-Accel-Buffering': 'no',
    });
    response.write(': open\n\n');
    this.#heartbeat = setInterval(() => this.#beat(), HEARTBEAT_MILLISECONDS);
    this.#heartbeat.unref();
    response.once('close', () => this.#forget());
    response.on('drain', () => {
      this.#stuckSince = undefined;
      this.#send();
    });
  }

  announce(topic: LiveTopic): void {
    if (!this.#response.writableEnded) {
      this.#changed.add(topic);
      this.#send();
    }
  }

  end(): void {
    this.#forget();
    this.#response.end();
  }

  #send() {
    if (this.#changed.size === 0 || this.#pause || this.#isStuck()) {
      return;
    }
    const change: LiveChange = { topics: [...this.#changed].sort() };
    this.#changed.clear();
    this.#response.write(`event: changed\ndata: ${JSON.stringify(change)}\n\n`);
    this.#pause = setTimeout(() => {
      this.#pause = undefined;
      this.#send();
    }, COALESCE_MILLISECONDS);
  }

  /** Sends a comment, so that proxies keep the connection open. */
  #beat() {
    if (!this.#isStuck()) {
      this.#response.write(': still here\n\n');
    } else if (
      this.#stuckSince !== undefined &&
      performance.now() - this.#stuckSince > STUCK_MILLISECONDS
    ) {
      this.#forget();
      this.#response.destroy();
    }
  }

  #isStuck(): boolean {
    if (this.#response.writableNeedDrain) {
      this.#stuckSince ??= performance.now();
      return true;
    }
    return false;
  }

  #forget() {
    clearInterval(this.#heartbeat);
    clearTimeout(this.#pause);
    this.#changed.clear();
  }
}
