import type { HttpRouterService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';

/** In each version of the routes: v2 takes the same input in an envelope. */
const INVOCATION = /^\/\.backstage\/actions\/.*validate-entity/i;

/**
 * Refuses the action of agents that validates a text of theirs. It asks for no permission, although nobody has that of the route
 * (`catalog.entity.validate`), and its parser needs minutes for some texts of 2 kB. The check of the platform repository does
 * the same, within limits.
 */
export const refuseValidation: Parameters<HttpRouterService['use']>[0] = (
  request,
  _,
  next,
) =>
  next(
    INVOCATION.test(decoded(request.path))
      ? new NotAllowedError(
          'Entities are validated by the check of the platform repository. Open a pull request there.',
        )
      : undefined,
  );

/** As Express decodes a part of a path; it refuses one that cannot be decoded. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
