import {
  changeViolations,
  objectViolations,
  serverMessage,
} from '@internal/platform-rules';
import type { Draft, KubernetesObject } from '../kubernetes/KubernetesObject';
import { StatusError } from '../kubernetes/StatusError';

/**
 * Validates an object as it is sent.
 *
 * @param before - the object that was sent last
 * @throws StatusError with the message of the API server.
 */
export function validateObject(draft: Draft, before: Draft | undefined): void {
  const object = manifestOf(draft);
  refuse(draft, [
    ...(objectViolations(object) ?? []),
    ...(before ? changeViolations(manifestOf(before), object) : []),
  ]);
}

/** Validates a change of an object, with the defaults of the API server. @throws StatusError with its message. */
export function validateChange(live: KubernetesObject, next: Draft): void {
  refuse(next, changeViolations(manifestOf(live), manifestOf(next)));
}

function refuse(
  draft: Draft,
  violations: ReturnType<typeof changeViolations>,
): void {
  const message = serverMessage(manifestOf(draft), violations);
  if (message === undefined) {
    return;
  }
  const isInvalid = violations.every(
    ({ server }) => !server || server.phase === 'validation',
  );
  throw isInvalid
    ? new StatusError(422, 'Invalid', message)
    : new StatusError(400, 'BadRequest', message);
}

function manifestOf(draft: Draft) {
  return { ...draft, metadata: { ...draft.metadata } };
}
