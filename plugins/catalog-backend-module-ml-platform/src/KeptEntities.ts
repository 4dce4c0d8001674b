import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import type {
  CatalogFile,
  FileVersion,
} from '@internal/plugin-ml-platform-node';

/** Older versions are not read. Each may be a request to the forge. */
export const MAX_VERSIONS = 50;

interface KeptEntity {
  entity: Entity;
  /** The commit that defined the entity. */
  version: FileVersion;
}

/** Last good definitions of what a broken or deleted `catalog-info.yaml` no longer defines, found in its older versions. */
export class KeptEntities {
  readonly #wanted: Set<string>;
  readonly #current: Set<string>;
  readonly #kept = new Map<string, KeptEntity>();
  /** True while it is unknown which other entities the current file would define. */
  #wantsOthers: boolean;

  /** @param current - the file as it is; undefined when it was deleted. */
  constructor(current: CatalogFile | undefined, component: string) {
    this.#wanted = new Set(current ? current.invalid : [component]);
    this.#current = new Set(entitiesOf(current).map(stringifyEntityRef));
    this.#wantsOthers = current?.unidentified ?? true;
  }

  get complete(): boolean {
    return this.#wanted.size === 0 && !this.#wantsOthers;
  }

  /** Takes what is still missing from an older version; versions come newest first. */
  add(file: CatalogFile, version: FileVersion) {
    const takeOthers =
      this.#wantsOthers && file.component !== undefined && !file.unidentified;
    for (const entity of entitiesOf(file)) {
      const ref = stringifyEntityRef(entity);
      if (
        this.#wanted.delete(ref) ||
        (takeOthers && !this.#current.has(ref) && !this.#kept.has(ref))
      ) {
        this.#kept.set(ref, { entity, version });
      }
    }
    if (takeOthers) {
      this.#wantsOthers = false;
    }
  }

  get(ref: string): KeptEntity | undefined {
    return this.#kept.get(ref);
  }

  all(): KeptEntity[] {
    return [...this.#kept.values()];
  }
}

/** Valid entities of a file; the Component of the workload first. */
export function entitiesOf(file: CatalogFile | undefined): Entity[] {
  return file
    ? [...(file.component ? [file.component] : []), ...file.others]
    : [];
}
