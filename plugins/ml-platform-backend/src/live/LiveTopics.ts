import type { LiveTopic } from '@internal/plugin-ml-platform-common';

/** Subscriptions of open pages, by topic. */
export class LiveTopics {
  readonly #listeners = new Map<LiveTopic, Set<(topic: LiveTopic) => void>>();

  /** False without subscriptions: changes need not be looked at then. */
  get isWanted(): boolean {
    return this.#listeners.size > 0;
  }

  /** Notifies the subscribers of a topic. */
  announce(topic: LiveTopic): void {
    this.#listeners.get(topic)?.forEach(listener => listener(topic));
  }

  /** Notifies the subscribers of a workload, or of every workload of the team when it is undefined. */
  announceWorkloads(team: string, workload: string | undefined): void {
    if (workload !== undefined) {
      this.announce(`workload:${team}/${workload}`);
      return;
    }
    for (const topic of this.#listeners.keys()) {
      if (topic.startsWith(`workload:${team}/`)) {
        this.announce(topic);
      }
    }
  }

  /** @returns a function that unsubscribes. */
  subscribe(
    topics: LiveTopic[],
    listener: (topic: LiveTopic) => void,
  ): () => void {
    for (const topic of topics) {
      const listeners = this.#listeners.get(topic);
      if (listeners) {
        listeners.add(listener);
      } else {
        this.#listeners.set(topic, new Set([listener]));
      }
    }
    return () => {
      for (const topic of topics) {
        const listeners = this.#listeners.get(topic);
        listeners?.delete(listener);
        if (listeners?.size === 0) {
          this.#listeners.delete(topic);
        }
      }
    };
  }
}
