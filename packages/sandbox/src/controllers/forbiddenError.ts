import type { Draft } from '../kubernetes/KubernetesObject';
import { resourceTypeOf } from '../kubernetes/resourceTypes';
import { StatusError } from '../kubernetes/StatusError';
import { qualifiedName } from '../kubernetes/ResourceType';

/** Creates the error of the API server for an object that an admission plugin rejects. */
export function forbidden(draft: Draft, reason: string): StatusError {
  const type = resourceTypeOf(draft);
  const { name } = draft.metadata;
  return new StatusError(
    403,
    'Forbidden',
    `${qualifiedName(type)} "${name}" is forbidden: ${reason}`,
    {
      name,
      kind: type.plural,
      ...(type.group && { group: type.group }),
    },
  );
}
