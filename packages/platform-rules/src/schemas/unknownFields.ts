// Not the package's main module, which loads the whole client.
import * as models from '@kubernetes/client-node/dist/gen/models/all.js';

const classes = new Map<string, unknown>(Object.entries(models));

/**
 * Finds fields that a Kubernetes type does not have. API servers without strict validation drop them, so that a misspelt
 * `securityContext` would have no effect.
 *
 * @param type - in the notation of the generated client, for example `V1Deployment` or `Array<V1Container>`.
 * @returns paths of the fields.
 */
export function unknownFields(
  value: unknown,
  type: string,
  path: string,
): string[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const item = /^Array<(.*)>$/.exec(type)?.[1];
  if (item) {
    return (Array.isArray(value) ? value : []).flatMap((element, index) =>
      unknownFields(element, item, `${path}[${index}]`),
    );
  }
  const entry = /^\{ \[key: string\]: (.*); \}$/.exec(type)?.[1];
  if (entry) {
    return Object.entries(value).flatMap(([key, element]) =>
      unknownFields(element, entry, `${path}.${key}`),
    );
  }
  const attributes = attributesOf(type);
  if (!attributes) {
    return [];
  }
  return Object.entries(value).flatMap(([key, element]) => {
    const child = path ? `${path}.${key}` : key;
    const attribute = attributes.find(({ baseName }) => baseName === key);
    return attribute ? unknownFields(element, attribute.type, child) : [child];
  });
}

function attributesOf(
  type: string,
): Array<{ baseName: string; type: string }> | undefined {
  const model = classes.get(type);
  return hasAttributes(model) ? model.getAttributeTypeMap() : undefined;
}

function hasAttributes(model: unknown): model is {
  getAttributeTypeMap(): Array<{ baseName: string; type: string }>;
} {
  return typeof model === 'function' && 'getAttributeTypeMap' in model;
}
