import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import {
  type CatalogFile,
  type FileVersion,
  mainRefs,
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
  /** Reference of the entity of the workload's page. */
  readonly main: string;
  /** True while it is unknown which other entities the current file would define. */
  #wantsOthers: boolean;

  /** @param current - the file as it is; undefined when it was deleted. */
  constructor(current: CatalogFile | undefined, workload: string) {
    this.main = mainRef(current, workload);
    this.#wanted = new Set(current ? current.invalid : [this.main]);
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
      // An older version may have had a Resource in the place of the Component.
      const ref =
        entity === file.component ? this.main : stringifyEntityRef(entity);
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

/** Valid entities of a file; the entity of the workload's page first. */
export function entitiesOf(file: CatalogFile | undefined): Entity[] {
  return file
    ? [...(file.component ? [file.component] : []), ...file.others]
    : [];
}

/** Finds which entity is that of the workload's page, also where the file does not define it as it should. */
function mainRef(current: CatalogFile | undefined, workload: string): string {
  const [component, resource] = mainRefs(workload);
  if (current?.component) {
    return stringifyEntityRef(current.component);
  }
  return current?.invalid.includes(resource) ? resource : component;
}
