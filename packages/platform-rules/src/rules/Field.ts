import { isFields } from '../objects/isFields';

/**
 * A field of a manifest with its path, for example `spec.template.spec.containers[0].name`. A field without the expected
 * type reads as absent, because decoding reports it.
 */
export class Field {
  readonly value: unknown;
  readonly path: string;

  constructor(value: unknown, path = '') {
    this.value = value ?? undefined;
    this.path = path;
  }

  get isSet(): boolean {
    return this.value !== undefined;
  }

  get text(): string | undefined {
    return typeof this.value === 'string' ? this.value : undefined;
  }

  get number(): number | undefined {
    return typeof this.value === 'number' ? this.value : undefined;
  }

  get isTrue(): boolean {
    return this.value === true;
  }

  /** The field of a struct, also one that is absent. */
  at(...names: string[]): Field {
    return names.reduce<Field>(
      (field, name) =>
        new Field(
          isFields(field.value) ? field.value[name] : undefined,
          field.path ? `${field.path}.${name}` : name,
        ),
      this,
    );
  }

  /** The same value under another path, as in messages that do not name the field itself. */
  named(path: string): Field {
    return new Field(this.value, path);
  }

  /** Another value under the same path, for example a key of this map. */
  withValue(value: unknown): Field {
    return new Field(value, this.path);
  }

  /** The value, or the API server's default. */
  or(value: unknown): Field {
    return this.isSet ? this : new Field(value, this.path);
  }

  get items(): Field[] {
    return (Array.isArray(this.value) ? this.value : []).map(
      (item: unknown, index) => new Field(item, `${this.path}[${index}]`),
    );
  }

  get texts(): string[] {
    return this.items.map(item => item.text ?? '');
  }

  /** Entries of a map, sorted by key. */
  get entries(): [key: string, field: Field][] {
    return Object.entries(isFields(this.value) ? this.value : {})
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, item]) => [key, new Field(item, `${this.path}[${key}]`)]);
  }
}
