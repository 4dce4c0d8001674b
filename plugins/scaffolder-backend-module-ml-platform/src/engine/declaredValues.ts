import { parse } from 'yaml';
import { z } from 'zod';

/** Fields that say how to request a change, and are not what a workload is made from. */
const OF_THE_REQUEST = [
  'mode',
  'environment',
  'allEnvironments',
  'basedOn',
  'previewDigest',
];

const templateSchema = z.object({
  spec: z.object({ parameters: z.unknown() }),
});

/**
 * Keeps the values that a template declares, in the order of its form, so that equal values give equal answers files. The
 * scaffolder passes on whatever else a caller sends.
 *
 * @param template - text of `template.yaml`
 */
export function declaredValues(
  template: string,
  values: Record<string, unknown>,
): Record<string, unknown> {
  const { parameters } = templateSchema.parse(parse(template)).spec;
  const names = new Set(propertyNames(parameters));
  return Object.fromEntries(
    [...names]
      .filter(
        name => !OF_THE_REQUEST.includes(name) && values[name] !== undefined,
      )
      .map(name => [name, values[name]]),
  );
}

/** Names of the fields of a form, those that depend on others included. Fields of objects are part of their object. */
function propertyNames(schema: unknown): string[] {
  if (Array.isArray(schema)) {
    return schema.flatMap(propertyNames);
  }
  if (typeof schema !== 'object' || schema === null) {
    return [];
  }
  return Object.entries(schema).flatMap(([key, value]) => {
    if (key === 'properties') {
      return Object.keys(Object(value));
    }
    return key === 'dependencies'
      ? Object.values(Object(value)).flatMap(propertyNames)
      : propertyNames(value);
  });
}
