import type { ObjectTypeDefinition } from '../clusterStore/objectTypes';
import type { FakeObject } from './FakeObject';

export interface FakeEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  version: number;
  /** The object with its resource version, as an API server sends it. */
  object: FakeObject;
}

interface RecordedObject {
  content: string;
  object: FakeObject;
}

/** Derives resource versions and watch events from an array of objects that a test modifies. */
export class FakeHistory {
  version = 1;
  /** Oldest version from which a watch can resume. */
  oldest = 1;
  events: FakeEvent[] = [];
  #recorded = new Map<string, RecordedObject>();

  /** Compares the objects with those of the last call. @returns the changes. */
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

  /** Lists the objects of a kind with their resource versions. */
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

/** Checks that an object is of a type, and matches the store's only field selector, `type!=Normal`. */
export function selects(
  { kind, fieldSelector }: ObjectTypeDefinition,
  object: FakeObject,
): boolean {
  return (
    object.kind === kind &&
    (fieldSelector === undefined || object.type !== 'Normal')
  );
}
