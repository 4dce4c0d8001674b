import type { LiveTopic } from '@internal/plugin-ml-platform-common';

/** Who wants to know when something changed, by topic. */
export class LiveTopics {
  readonly #listeners = new Map<LiveTopic, Set<(topic: LiveTopic) => void>>();

  static create(): LiveTopics {
    return new LiveTopics();
  }

  private constructor() {}

  /** False while nobody listens: then nothing has to be found out. */
  get isWanted(): boolean {
    return this.#listeners.size > 0;
  }

  /** Tells those who listen that what the topic is about has changed. */
  announce(topic: LiveTopic): void {
    this.#listeners.get(topic)?.forEach(listener => listener(topic));
  }

  /** The same for a workload of a team, or for all that somebody listens to. */
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

  /** @returns how to end it. */
  subscribe(
    topics: LiveTopic[],
    listener: (topic: LiveTopic) => void,
  ): () => void {
    for (const topic of topics) {
      const known = this.#listeners.get(topic);
      if (known) {
        known.add(listener);
      } else {
        this.#listeners.set(topic, new Set([listener]));
      }
    }
    return () => {
      for (const topic of topics) {
        const known = this.#listeners.get(topic);
        known?.delete(listener);
        if (known?.size === 0) {
          this.#listeners.delete(topic);
        }
      }
    };
  }
}
