import type { Draft } from '../kubernetes/KubernetesObject';
import { resourceTypeOf } from '../kubernetes/resourceTypes';
import { StatusError } from '../kubernetes/StatusError';
import { qualifiedName } from '../kubernetes/ResourceType';

/** The answer of the API server when an admission plugin refuses an object. */
export function forbidden(draft: Draft, why: string): StatusError {
  const type = resourceTypeOf(draft);
  const { name } = draft.metadata;
  return new StatusError(
    403,
    'Forbidden',
    `${qualifiedName(type)} "${name}" is forbidden: ${why}`,
    {
      name,
      kind: type.plural,
      ...(type.group && { group: type.group }),
    },
  );
}
