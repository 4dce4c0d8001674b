import { type Draft, field, items } from '../kubernetes/KubernetesObject';
import type { ObjectStore } from '../kubernetes/ObjectStore';
import { forbidden } from './forbiddenError';
import { parseQuantity } from './quantities';
import type { Container, PodSpec } from './workloadTypes';

type Quantities = Record<string, string>;

/**
 * Applies the default requests and limits of a namespace's LimitRanges to a pod spec.
 *
 * @throws StatusError (403) when a container violates a minimum or maximum.
 */
export function applyLimitRanges(
  store: ObjectStore,
  pod: Draft<PodSpec> & { spec: PodSpec },
): PodSpec {
  const limits = store
    .list('limitranges', { namespace: pod.metadata.namespace })
    .flatMap(range => items(range, 'spec.limits'))
    .filter(limit => limit.type === 'Container');
  const get = (limit: unknown, name: string) =>
    (field(limit, name) ?? {}) as Quantities;
  const withLimitRangeDefaults = (container: Container): Container => {
    const resources = container.resources ?? {};
    const filled = limits.reduce<Quantities>(
      (all, limit) => ({ ...get(limit, 'default'), ...all }),
      resources.limits ?? {},
    );
    // A container's own limit takes precedence over the default request.
    const requests = limits.reduce<Quantities>(
      (all, limit) => ({ ...get(limit, 'defaultRequest'), ...all }),
      {
        ...resources.limits,
        ...resources.requests,
      },
    );
    return {
      ...container,
      resources: {
        ...resources,
        ...nonEmpty('requests', { ...filled, ...requests }),
        ...nonEmpty('limits', filled),
      },
    };
  };
  const { containers, initContainers } = pod.spec;
  const spec: PodSpec = {
    ...pod.spec,
    containers: containers.map(withLimitRangeDefaults),
    ...(initContainers && {
      initContainers: initContainers.map(withLimitRangeDefaults),
    }),
  };
  const problems = limits.flatMap(limit =>
    spec.containers.flatMap(container =>
      limitProblems(container, get(limit, 'min'), get(limit, 'max')),
    ),
  );
  if (problems.length > 0) {
    throw forbidden(
      pod,
      problems.length > 1 ? `[${problems.join(', ')}]` : problems[0],
    );
  }
  return spec;
}

/** A field of resources that is omitted when it has no quantities. */
function nonEmpty(name: 'requests' | 'limits', quantities: Quantities) {
  return Object.keys(quantities).length > 0 ? { [name]: quantities } : {};
}

function limitProblems(
  container: Container,
  min: Quantities,
  max: Quantities,
): string[] {
  const { requests = {}, limits = {} } = container.resources ?? {};
  const tooSmall = Object.entries(min)
    .filter(
      ([name, least]) => parseQuantity(requests[name]) < parseQuantity(least),
    )
    .map(
      ([name, least]) =>
        `minimum ${name} usage per Container is ${least}, but request is ${
          requests[name] ?? 0
        }`,
    );
  const tooLarge = Object.entries(max)
    .filter(([name, most]) => parseQuantity(limits[name]) > parseQuantity(most))
    .map(
      ([name, most]) =>
        `maximum ${name} usage per Container is ${most}, but limit is ${limits[name]}`,
    );
  return [...tooSmall, ...tooLarge];
}
