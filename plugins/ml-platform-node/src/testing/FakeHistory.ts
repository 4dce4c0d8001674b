import type { FakeObject } from './FakeKubernetes';

export interface FakeEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  version: number;
  /** As the API server would send it, with the version. */
  object: FakeObject;
}

interface RecordedObject {
  content: string;
  object: FakeObject;
}

/** Makes versions and events out of an array of objects that a test changes as it likes. */
export class FakeHistory {
  version = 1;
  /** Versions before this one are forgotten. */
  oldest = 1;
  events: FakeEvent[] = [];
  #recorded = new Map<string, RecordedObject>();

  /** @returns what changed since the last time. */
  record(objects: FakeObject[]): FakeEvent[] {
    const before = this.#recorded;
    const now = new Map<string, RecordedObject>();
    const changes: FakeEvent[] = [];
    for (const object of objects) {
      const key = objectKey(object);
      const content = JSON.stringify(object);
      const known = before.get(key);
      if (known?.content === content) {
        now.set(key, known);
        continue;
      }
      const event = this.#event(known ? 'MODIFIED' : 'ADDED', object);
      changes.push(event);
      now.set(key, { content, object: event.object });
    }
    for (const [key, { object }] of before) {
      if (!now.has(key)) {
        changes.push(this.#event('DELETED', object));
      }
    }
    this.#recorded = now;
    this.events.push(...changes);
    return changes;
  }

  /** All objects of a kind, with their versions. */
  list(kind: string): FakeObject[] {
    return [...this.#recorded.values()]
      .map(({ object }) => object)
      .filter(object => object.kind === kind);
  }

  forget(): void {
    this.oldest = this.version;
    this.events = [];
  }

  #event(type: FakeEvent['type'], object: FakeObject): FakeEvent {
    this.version += 1;
    return {
      type,
      version: this.version,
      object: {
        ...object,
        metadata: {
          ...object.metadata,
          resourceVersion: String(this.version),
        },
      },
    };
  }
}

function objectKey({ kind, metadata }: FakeObject): string {
  return `${kind}/${metadata.namespace ?? ''}/${metadata.name}`;
}
