import type { DiscoveryApi, FetchApi } from '@backstage/core-plugin-api';
import {
  liveChangeSchema,
  type LiveTopic,
} from '@internal/plugin-ml-platform-common';
import { fetchEventSource } from '@microsoft/fetch-event-source';

/** Subscriptions within this time share one reconnect: the cards of a page mount one after the other. */
const DEBOUNCE_MILLISECONDS = 100;
const RETRY_MILLISECONDS = { initial: 1_000, maximum: 30_000 };

type Listener = () => void;

/** The backend refused the stream (4xx); retrying cannot help. */
class StreamRefusedError extends Error {}

/**
 * Notifies subscribers when a topic changed, over one server-sent event stream per page. The stream pauses while the
 * page is hidden and reconnects after a failure; every topic then counts as changed, since events may have been missed.
 */
export class LiveUpdates {
  readonly #discoveryApi: DiscoveryApi;
  readonly #fetchApi: FetchApi;
  readonly #listeners = new Map<LiveTopic, Set<Listener>>();
  #stream: AbortController | undefined;
  #opening: ReturnType<typeof setTimeout> | undefined;
  #connected = false;

  constructor(options: { discoveryApi: DiscoveryApi; fetchApi: FetchApi }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
  }

  /** False while there is no stream; subscribers must then poll. */
  get isConnected(): boolean {
    return this.#connected;
  }

  /** @returns a function that unsubscribes. */
  subscribe(topic: LiveTopic, listener: Listener): () => void {
    const listeners = this.#listeners.get(topic);
    if (listeners) {
      listeners.add(listener);
    } else {
      this.#listeners.set(topic, new Set([listener]));
      this.#reopen();
    }
    return () => {
      const remaining = this.#listeners.get(topic);
      remaining?.delete(listener);
      if (remaining?.size === 0) {
        this.#listeners.delete(topic);
        this.#reopen();
      }
    };
  }

  #reopen() {
    clearTimeout(this.#opening);
    this.#opening = setTimeout(() => {
      this.#stream?.abort();
      this.#connected = false;
      const topics = [...this.#listeners.keys()];
      if (topics.length > 0) {
        this.#stream = new AbortController();
        this.#listen(topics, this.#stream.signal);
      }
    }, DEBOUNCE_MILLISECONDS);
  }

  async #listen(topics: LiveTopic[], signal: AbortSignal) {
    const baseUrl = await this.#discoveryApi.getBaseUrl('ml-platform');
    let failures = 0;
    let interrupted = false;
    await fetchEventSource(
      `${baseUrl}/live?topics=${encodeURIComponent(topics.join(','))}`,
      {
        fetch: this.#fetchApi.fetch,
        signal,
        onopen: async ({ ok, status }) => {
          if (!ok) {
            throw status < 500
              ? new StreamRefusedError()
              : new Error(`HTTP ${status}`);
          }
          this.#connected = true;
          failures = 0;
          if (interrupted) {
            this.#announce(topics);
          }
          // fetchEventSource also reopens the stream when a hidden page becomes visible.
          interrupted = true;
        },
        onmessage: ({ event, data }) => {
          if (event === 'changed') {
            this.#announce(liveChangeSchema.parse(JSON.parse(data)).topics);
          }
        },
        onclose: () => {
          throw new Error('The stream ended');
        },
        onerror: error => {
          this.#connected = false;
          if (error instanceof StreamRefusedError) {
            throw error;
          }
          failures += 1;
          const { initial, maximum } = RETRY_MILLISECONDS;
          return Math.min(maximum, initial * 2 ** (failures - 1));
        },
      },
    ).catch(() => {
      // Refused: subscribers keep polling.
    });
  }

  #announce(topics: LiveTopic[]) {
    for (const topic of topics) {
      this.#listeners.get(topic)?.forEach(listener => listener());
    }
  }
}
