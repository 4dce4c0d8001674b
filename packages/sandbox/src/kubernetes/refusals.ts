import type { ApiRequest } from './ApiRequest';
import { field, type Fields, isFields, items } from './KubernetesObject';
import type { ResourcePath } from './parseResourcePath';
import { parseObject, readBody } from './readBody';
import { qualifiedName } from './ResourceType';
import { StatusError } from './StatusError';

/** A request that the sandbox refuses, with the fields that select the hint. */
interface RefusedRequest {
  verb: string;
  plural: string;
  subresource?: string;
  /** The object or patch in the request's body. */
  body?: Fields;
  /** The body as it was sent, for objects in Protocol Buffers. */
  rawBody?: Buffer;
  isDryRun?: boolean;
  /** Clone URL of the platform repository. */
  repositoryUrl: string;
}

interface Hint {
  matches: (request: RefusedRequest) => boolean;
  text: string;
}

const NO_CONTAINERS = 'The sandbox runs no containers';

const has =
  (path: string) =>
  ({ body }: Pick<RefusedRequest, 'body'>) =>
    field(body, path) !== undefined;
const isSubresource =
  (...names: string[]) =>
  ({ subresource }: RefusedRequest) =>
    names.includes(subresource ?? '');
const isType =
  (...plurals: string[]) =>
  ({ plural }: RefusedRequest) =>
    plurals.includes(plural);
const isVerb =
  (...verbs: string[]) =>
  ({ verb }: RefusedRequest) =>
    verbs.includes(verb);

function hasAnnotation(object: unknown, name: string): boolean {
  const annotations = field(object, 'metadata.annotations');
  return isFields(annotations) && name in annotations;
}

/** Instructions by request. The first hint that matches is shown. */
const HINTS: Hint[] = [
  {
    matches: isSubresource('exec', 'attach'),
    text: `${NO_CONTAINERS}, so you cannot execute commands in them. Read their simulated output with "kubectl logs"`,
  },
  {
    matches: isSubresource('portforward', 'proxy'),
    text: `${NO_CONTAINERS}, so no port answers`,
  },
  {
    matches: isSubresource('ephemeralcontainers'),
    text: `${NO_CONTAINERS}, so there is nothing to debug. Read their simulated output with "kubectl logs"`,
  },
  {
    matches: isSubresource('eviction'),
    text: 'To move or stop pods, change their workload in its manifest: nodes are simulated and cannot be drained',
  },
  {
    matches: isSubresource('binding'),
    text: 'To influence where pods run, set nodeSelector or tolerations in the manifest: the scheduler is simulated',
  },
  {
    matches: isSubresource('token'),
    text: 'Service accounts have no tokens here: you can read without a token',
  },
  {
    matches: isType(
      'localsubjectaccessreviews',
      'subjectaccessreviews',
      'tokenreviews',
    ),
    text: 'Reviews of others are not available: ask about yourself with a SelfSubjectAccessReview',
  },
  {
    matches: isType('nodes'),
    text: 'Nodes are simulated and cannot be changed, cordoned or drained',
  },
  {
    matches: isSubresource('scale'),
    text: 'To scale, edit replicas in the manifest of the workload',
  },
  {
    matches: ({ body }) =>
      hasAnnotation(
        field(body, 'spec.template'),
        'kubectl.kubernetes.io/restartedAt',
      ),
    text: 'To restart the pods, change their template in the manifest of the workload, for example an annotation',
  },
  {
    matches: ({ body, verb }) =>
      verb === 'patch' &&
      items(body, 'spec.template.spec.containers').some(
        container => 'image' in container,
      ),
    text: 'To deploy another image, edit images in the kustomization of the overlay',
  },
  {
    matches: request =>
      isVerb('patch')(request) && has('spec.suspend')(request),
    text: 'To suspend or resume, edit suspend in the manifest',
  },
  {
    matches: request =>
      isVerb('patch')(request) && has('spec.replicas')(request),
    text: 'To scale, edit replicas in the manifest of the workload',
  },
  {
    matches: ({ verb, body }) =>
      verb === 'patch' &&
      isFields(body?.metadata) &&
      Object.keys(body).every(key => key === 'metadata'),
    text: 'To change labels or annotations, edit the metadata in the manifest of the object',
  },
  {
    matches: ({ verb, plural, rawBody }) =>
      verb === 'create' &&
      plural === 'jobs' &&
      rawBody?.includes('cronjob.kubernetes.io/instantiate') === true,
    text: 'To run a CronJob now, add a Job with its template to the overlay',
  },
  {
    matches: request => isVerb('create')(request) && isType('pods')(request),
    text: 'To run a pod, add a Deployment or a Job to the overlay',
  },
  {
    matches: isVerb('create'),
    text: 'To create an object, add its manifest to the overlay and to the kustomization',
  },
  {
    matches: request =>
      isVerb('delete', 'deletecollection')(request) && isType('pods')(request),
    text: 'To replace pods, change their template in the manifest of the workload, for example an annotation; to remove them, remove that manifest',
  },
  {
    matches: isVerb('delete', 'deletecollection'),
    text: 'To delete an object, remove its file and its line in the kustomization',
  },
  { matches: () => true, text: 'To change an object, edit its manifest' },
];

const DRY_RUN =
  'Server-side dry runs are refused as well: "kubectl diff" shows what a manifest would change. ';

/** The sentences that every refused request shows: the sandbox, Git, a hint and the address to clone. */
export function refusalReason(request: RefusedRequest): string {
  const hint = HINTS.find(({ matches }) => matches(request))?.text;
  return (
    `this is the sandbox, which is read-only because Argo CD applies all objects from Git. ${hint}. ` +
    `${
      request.isDryRun ? DRY_RUN : ''
    }Clone the platform repository with "git clone ${
      request.repositoryUrl
    }", push a branch and open a pull request`
  );
}

/** Reads the body of a refused request for the hint, and returns the error to send. */
export async function createRefusal(
  path: ResourcePath,
  api: ApiRequest,
): Promise<StatusError> {
  const { type, name, subresource } = path;
  const { request, query, repositoryUrl } = api;
  const rawBody = await readBody(request);
  const body = parseObject(rawBody);
  const reason = refusalReason({
    // A server-side apply sends the whole object, so the change itself is unknown.
    verb:
      request.method === 'PATCH' && has('kind')({ body })
        ? 'update'
        : verbOf(request.method ?? '', name),
    plural: type.plural,
    subresource,
    body,
    rawBody,
    isDryRun: query.has('dryRun'),
    repositoryUrl,
  });
  const created = field(body, 'metadata.name');
  const target = name ?? (typeof created === 'string' ? created : '');
  const quoted = target && ` ${JSON.stringify(target)}`;
  return new StatusError(
    403,
    'Forbidden',
    `${qualifiedName(type)}${quoted} is forbidden: ${reason}`,
    {
      ...(target && { name: target }),
      ...(type.group && { group: type.group }),
      kind: type.plural,
    },
  );
}

/** The verb of a method in Kubernetes' authorization. */
function verbOf(method: string, name: string | undefined): string {
  const verbs: Record<string, string> = {
    POST: 'create',
    PUT: 'update',
    PATCH: 'patch',
    DELETE: name ? 'delete' : 'deletecollection',
  };
  return verbs[method] ?? 'get';
}
