import type { KubernetesObject } from './objects/parseObjects';
import type { Violation } from './Violation';

/**
 * Composes the API server's message about an object, as `kubectl apply` with strict field validation receives it.
 *
 * The strict decoding error is of k8s.io/apiserver `pkg/endpoints/handlers/create.go`, the list of field errors of
 * k8s.io/apimachinery `pkg/api/errors.NewInvalid` (Kubernetes 1.36).
 *
 * @returns undefined when the API server accepts an object with these violations.
 */
export function serverMessage(
  { apiVersion, kind, metadata }: KubernetesObject,
  violations: Violation[],
): string | undefined {
  const texts = (phase: 'parsing' | 'decoding' | 'validation') =>
    distinct(
      violations.flatMap(({ server }) =>
        server?.phase === phase ? [server.text] : [],
      ),
    );
  const [group, version] = apiVersion.includes('/')
    ? apiVersion.split('/')
    : ['', apiVersion];
  const handled = `${kind} in version "${version}" cannot be handled as a ${kind}`;
  const [parsing] = texts('parsing');
  if (parsing) {
    return `${handled}: ${parsing}`;
  }
  const decoding = texts('decoding');
  if (decoding.length > 0) {
    return `${handled}: strict decoding error: ${decoding.join(', ')}`;
  }
  const invalid = texts('validation');
  if (invalid.length === 0) {
    return undefined;
  }
  const detail = invalid.length > 1 ? `[${invalid.join(', ')}]` : invalid[0];
  return `${group ? `${kind}.${group}` : kind} "${
    metadata.name ?? ''
  }" is invalid: ${detail}`;
}

function distinct(texts: string[]): string[] {
  return [...new Set(texts)];
}
