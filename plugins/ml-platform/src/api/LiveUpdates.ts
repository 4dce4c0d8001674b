import type { DiscoveryApi, FetchApi } from '@backstage/core-plugin-api';
import {
  liveChangeSchema,
  type LiveTopic,
} from '@internal/plugin-ml-platform-common';
import { fetchEventSource } from '@microsoft/fetch-event-source';

/** The cards of a page appear one after the other; they share a stream. */
const GATHER_MILLISECONDS = 100;
const RETRY_MILLISECONDS = [1_000, 30_000];

type Listener = () => void;

/** The caller may not listen: there is no use in trying again. */
class Refused extends Error {}

/**
 * Tells what shows a topic when to read again: one stream per page, for all topics that are shown. It rests while the
 * page is hidden and comes back after a failure; whatever may have been missed counts as changed.
 */
export class LiveUpdates {
  readonly #discoveryApi: DiscoveryApi;
  readonly #fetchApi: FetchApi;
  readonly #listeners = new Map<LiveTopic, Set<Listener>>();
  #stream: AbortController | undefined;
  #opening: ReturnType<typeof setTimeout> | undefined;
  #connected = false;

  static create(options: { discoveryApi: DiscoveryApi; fetchApi: FetchApi }) {
    return new LiveUpdates(options);
  }

  private constructor(options: {
    discoveryApi: DiscoveryApi;
    fetchApi: FetchApi;
  }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
  }

  /** False while there is no stream: then whoever wants to know has to ask. */
  get isConnected(): boolean {
    return this.#connected;
  }

  /** @returns how to end it. */
  subscribe(topic: LiveTopic, listener: Listener): () => void {
    const known = this.#listeners.get(topic);
    if (known) {
      known.add(listener);
    } else {
      this.#listeners.set(topic, new Set([listener]));
      this.#reopen();
    }
    return () => {
      const left = this.#listeners.get(topic);
      left?.delete(listener);
      if (left?.size === 0) {
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
    }, GATHER_MILLISECONDS);
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
            throw status < 500 ? new Refused() : new Error(`HTTP ${status}`);
          }
          this.#connected = true;
          failures = 0;
          if (interrupted) {
            this.#announce(topics);
          }
          // The library opens the stream anew when a hidden page is shown.
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
          if (error instanceof Refused) {
            throw error;
          }
          failures += 1;
          const [least, most] = RETRY_MILLISECONDS;
          return Math.min(most, least * 2 ** (failures - 1));
        },
      },
    ).catch(() => {
      // Refused: those who listen go on asking for themselves.
    });
  }

  #announce(topics: LiveTopic[]) {
    for (const topic of topics) {
      this.#listeners.get(topic)?.forEach(listener => listener());
    }
  }
}
