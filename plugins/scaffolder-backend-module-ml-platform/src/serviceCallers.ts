import { NotAllowedError } from '@backstage/errors';
import type { ServiceCaller } from '@internal/plugin-ml-platform-node';

/**
 * Name of the task secret with the subject of the service that asked for the task. Believe it only in a task that the
 * scaffolder itself has started, which the guard of its routes does.
 */
export const SERVICE_CALLER_SECRET = 'mlPlatformServiceCaller';

/** A request of a service. */
interface ServiceRequest {
  /** Entity reference. */
  template: string;
  team: unknown;
  /** Undefined where it is not known yet. */
  environments?: unknown[];
}

/**
 * Finds what a service may do.
 *
 * @throws NotAllowedError when the request is not part of it.
 */
export function requireServiceCaller(
  callers: ServiceCaller[],
  subject: string,
  { template, team, environments = [] }: ServiceRequest,
): ServiceCaller {
  const caller = callers.find(other => other.subject === subject);
  if (!caller) {
    throw new NotAllowedError(
      'This token may not request changes. Ask the platform team to add its subject to mlPlatform.serviceCallers.',
    );
  }
  const refusal = [
    {
      isAllowed: caller.templates.some(
        name => template.toLowerCase() === `template:default/${name}`,
      ),
      text: `use ${template}`,
    },
    {
      isAllowed: caller.teams.some(name => name === team),
      text: 'request changes for this team',
    },
    {
      isAllowed: environments.every(environment =>
        caller.environments.some(name => name === environment),
      ),
      text: 'change this environment',
    },
  ].find(({ isAllowed }) => !isAllowed);
  if (refusal) {
    throw new NotAllowedError(
      `${subject} may not ${refusal.text}. Ask the platform team to allow it in mlPlatform.serviceCallers.`,
    );
  }
  return caller;
}
