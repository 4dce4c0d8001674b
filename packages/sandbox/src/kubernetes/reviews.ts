import { allowsPath, allowsResource, accessRules } from './accessRules';
import type { ApiRequest } from './ApiRequest';
import {
  field,
  type Fields,
  isFields,
  text,
  timestamp,
} from './KubernetesObject';
import { readReview } from './readBody';
import { refusalReason } from './refusals';
import { apiVersion, type ResourceType } from './ResourceType';
import { sendJson } from './sendJson';
import { badRequest, invalid } from './StatusError';

/** Statuses of reviews by kind. All of them are about the caller, and nothing is stored. */
const REVIEWS: Record<
  string,
  (spec: Fields, api: ApiRequest) => Record<string, unknown>
> = {
  SelfSubjectAccessReview: (spec, api) => ({ status: accessStatus(spec, api) }),
  SelfSubjectRulesReview: spec => {
    if (!text(spec, 'namespace')) {
      throw badRequest('no namespace on request');
    }
    return { status: accessRules() };
  },
  SelfSubjectReview: (_spec, { request, now }) => ({
    metadata: { creationTimestamp: timestamp(now()) },
    status: {
      userInfo: request.headers.authorization
        ? { username: 'sandbox-portal', groups: ['system:authenticated'] }
        : {
            username: 'system:anonymous',
            groups: ['system:unauthenticated'],
          },
    },
  }),
};

/** Returns true for the types that only answer questions of clients about themselves. */
export function isReview(type: ResourceType): boolean {
  return type.kind in REVIEWS;
}

/** Serves the creation of a review: reads are allowed, writes are denied with the reason that a refused write shows. */
export async function createReview(
  type: ResourceType,
  api: ApiRequest,
): Promise<void> {
  const body = await readReview(api.request, type);
  const spec = isFields(body.spec) ? body.spec : {};
  sendJson(api.response, 201, {
    kind: type.kind,
    apiVersion: apiVersion(type),
    metadata: {},
    ...(type.kind !== 'SelfSubjectReview' && { spec }),
    ...REVIEWS[type.kind](spec, api),
  });
}

/** @see kubernetes/kubernetes v1.36 pkg/apis/authorization/validation/validation.go */
function accessStatus(spec: Fields, { repositoryUrl }: ApiRequest): object {
  const resource = field(spec, 'resourceAttributes');
  const path = field(spec, 'nonResourceAttributes');
  if (isFields(resource) === isFields(path)) {
    const [name, problem] = isFields(resource)
      ? [
          'spec.nonResourceAttributes',
          'cannot be specified in combination with resourceAttributes',
        ]
      : [
          'spec.resourceAttributes',
          'exactly one of nonResourceAttributes or resourceAttributes must be specified',
        ];
    throw invalid({ group: 'authorization.k8s.io', kind: '' }, [
      {
        field: name,
        reason: 'FieldValueInvalid',
        message: `Invalid value: ${
          isFields(path)
            ? JSON.stringify({ Path: path.path ?? '', Verb: path.verb ?? '' })
            : 'null'
        }: ${problem}`,
      },
    ]);
  }
  const verb = text(resource ?? path, 'verb');
  const allowed = isFields(resource)
    ? allowsResource(resource)
    : allowsPath(verb, text(path, 'path'));
  return allowed
    ? { allowed }
    : {
        allowed,
        reason: refusalReason({
          verb,
          plural: text(resource, 'resource'),
          subresource: text(resource, 'subresource'),
          repositoryUrl,
        }),
      };
}
