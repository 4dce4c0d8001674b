import type { z } from 'zod';
import { objectTypes } from '../clusterStore/objectTypes';
import { InternPool } from './projection/InternPool';
import { projectObject } from './projection/projectObject';

/** A value with every field that the schema reads. */
function sampleOf(schema: z.core.$ZodType): unknown {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(def.shape).map(([key, each]) => [key, sampleOf(each)]),
      );
    case 'array':
      return [sampleOf(def.element)];
    case 'record':
      return { key: sampleOf(def.valueType) };
    case 'union':
      return sampleOf(def.options[0]);
    case 'enum':
      return Object.values(def.entries)[0];
    case 'optional':
    case 'nullable':
    case 'default':
    case 'catch':
      return sampleOf(def.innerType);
    case 'pipe':
      return sampleOf(def.in);
    case 'string':
      return 'text';
    case 'number':
      return 7;
    case 'boolean':
      return true;
    default:
      throw new Error(`Add a sample for "${def.type}"`);
  }
}

describe.each(Object.entries(objectTypes))('%s', (type, definition) => {
  const sample = sampleOf(definition.schema);

  it('keeps every field that the schema reads', () => {
    expect(definition.schema.safeParse(sample).success).toBe(true);
    expect(projectObject(sample, definition, new InternPool())).toMatchObject(
      sample as object,
    );
  });

  it('is named after its plural', () => {
    expect(type.endsWith(definition.plural)).toBe(true);
  });
});
