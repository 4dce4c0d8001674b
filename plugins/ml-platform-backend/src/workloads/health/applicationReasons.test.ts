import {
  applicationHealth,
  inOrder,
  running,
} from '../__testUtils__/applicationHealth';

const failed = (message: string, resources: object[] = []) => ({
  ...inOrder,
  sync: { status: 'OutOfSync', revision: inOrder.sync.revision },
  operationState: {
    phase: 'Failed',
    message,
    syncResult: { revision: inOrder.sync.revision, resources },
  },
});
const condition = (type: string, message: string) => ({
  ...inOrder,
  conditions: [{ type, message }],
});
const deployment = { group: 'apps', kind: 'Deployment', name: 'a' };
describe('reasons of an Argo CD Application', () => {
  it.each<[string, object, string[]]>([
    ['is in order', inOrder, ['healthy']],
    [
      'cannot be rendered',
      condition('ComparisonError', 'no such file'),
      [
        'degraded',
        'Argo CD cannot render the newest version, so the previous one stays deployed: no such file.',
      ],
    ],
    [
      'lacks a file, in the words of the repo-server',
      condition(
        'ComparisonError',
        "Failed to load target state: failed to generate manifest for source 1 of 1: rpc error: code = Unknown desc = Manifest generation error (cached): `kustomize build <path to cached source>/infra/gitops/workloads/a/b/overlays/dev` failed exit status 1: Error: accumulating resources: accumulation err='accumulating resources from 'missing.yaml': evalsymlink failure on '<path to cached source>/infra/gitops/workloads/a/b/overlays/dev/missing.yaml' : lstat <path to cached source>/infra/gitops/workloads/a/b/overlays/dev/missing.yaml: no such file or directory': must build at directory: not a valid directory",
      ),
      [
        'degraded',
        'Argo CD cannot render the newest version, so the previous one stays deployed: kustomize build of infra/gitops/workloads/a/b/overlays/dev failed: missing.yaml does not exist.',
      ],
    ],
    [
      'has a broken file, in the words of the repo-server',
      condition(
        'ComparisonError',
        "Failed to load target state: failed to generate manifest for source 1 of 1: rpc error: code = Unknown desc = `kustomize build <path to cached source>/infra/a` failed exit status 1: Error: accumulating resources: accumulating resources from 'objects.yaml': MalformedYAMLError: yaml: line 2: mapping values are not allowed in this context in File: objects.yaml",
      ),
      [
        'degraded',
        'Argo CD cannot render the newest version, so the previous one stays deployed: kustomize build of infra/a failed: objects.yaml: MalformedYAMLError: yaml: line 2: mapping values are not allowed in this context.',
      ],
    ],
    [
      'has invalid settings',
      condition(
        'InvalidSpecError',
        "application repo x is not permitted in project 'team'",
      ),
      [
        'degraded',
        "Argo CD does not accept the settings of the Application, so nothing new is deployed: application repo x is not permitted in project 'team'. Contact the platform team if this persists.",
      ],
    ],
    [
      'has a state that could not be stored',
      condition('UnknownError', 'Application status exceeds the limit'),
      [
        'unknown',
        'Argo CD could not update the state of the Application, so what it shows may be out of date: Application status exceeds the limit. Contact the platform team if this persists.',
      ],
    ],
    [
      'shares a resource',
      condition(
        'SharedResourceWarning',
        'Deployment/a is part of applications argocd/app and argocd/other',
      ),
      [
        'healthy',
        'Several Applications manage the same resource and overwrite each other: Deployment/a is part of applications argocd/app and argocd/other. Remove the resource from all but one of them.',
      ],
    ],
    [
      'repeats a resource',
      condition(
        'RepeatedResourceWarning',
        'Resource apps/Deployment/a appeared 2 times among application resources.',
      ),
      [
        'healthy',
        'A resource is defined more than once, and only its last definition is deployed: Deployment a appears 2 times. Remove the others.',
      ],
    ],
    [
      'repeats a resource of the core group',
      condition(
        'RepeatedResourceWarning',
        'Resource /ConfigMap/team-dev/a appeared 2 times among application resources.',
      ),
      [
        'healthy',
        'A resource is defined more than once, and only its last definition is deployed: ConfigMap a appears 2 times. Remove the others.',
      ],
    ],
    [
      'lacks a CRD',
      failed(
        'one or more synchronization tasks are not valid: failed to discover server resources for group version cert-manager.io/v1: the server could not find the requested resource',
        [
          {
            kind: 'Certificate',
            name: 'tls',
            status: 'SyncFailed',
            message: 'Make sure the "Certificate" CRD is installed',
          },
        ],
      ),
      [
        'degraded',
        'Argo CD could not apply Certificate tls: Make sure the "Certificate" CRD is installed.',
      ],
    ],
    [
      'failed in all retries',
      failed('no route (retried 5 times).', [
        { ...deployment, status: 'SyncFailed', message: 'no route' },
      ]),
      [
        'degraded',
        'Argo CD could not apply Deployment a, also not in 5 retries: no route.',
      ],
    ],
    [
      'has an excluded resource',
      condition(
        'ExcludedResourceWarning',
        'Resource x/Y z is excluded in the settings',
      ),
      [
        'healthy',
        'A resource is not deployed, because the settings of Argo CD exclude its kind: Resource x/Y z is excluded in the settings. Remove it, or ask the platform team to allow the kind.',
      ],
    ],
    [
      'has an unknown condition',
      condition('NewWarning', 'beware'),
      ['healthy', 'Argo CD warns (NewWarning): beware.'],
    ],
    [
      'fails on a shared resource',
      {
        ...failed(
          'Shared resource found: Deployment/a is part of applications x and y',
        ),
        conditions: [
          {
            type: 'SharedResourceWarning',
            message: 'Deployment/a is part of applications x and y',
          },
        ],
      },
      [
        'degraded',
        'Argo CD could not apply the newest version: Shared resource found: Deployment/a is part of applications x and y.',
      ],
    ],
    [
      'repeats one message for all resources',
      failed('one or more objects failed to apply, reason: no route,no route', [
        { ...deployment, status: 'SyncFailed', message: 'no route' },
        {
          kind: 'Service',
          name: 'b',
          status: 'SyncFailed',
          message: 'no route',
        },
      ]),
      [
        'degraded',
        'Argo CD could not apply Deployment a and 1 more resource: no route.',
      ],
    ],
    [
      'has a hook that failed',
      failed('one or more synchronization tasks completed unsuccessfully', [
        {
          kind: 'Job',
          name: 'migrate',
          hookType: 'PreSync',
          hookPhase: 'Failed',
          message: 'Job has reached the specified backoff limit',
        },
      ]),
      [
        'degraded',
        'The PreSync hook Job migrate failed: Job has reached the specified backoff limit.',
      ],
    ],
    [
      'failed without a message',
      failed(''),
      [
        'degraded',
        'The last sync failed, and Argo CD gives no reason. Contact the platform team if this persists.',
      ],
    ],
    [
      'failed before Git moved on to what is deployed',
      {
        ...failed('no route'),
        sync: { status: 'Synced', revision: 'b'.repeat(40) },
      },
      ['healthy'],
    ],
    [
      'failed to hydrate',
      {
        ...inOrder,
        sourceHydrator: {
          currentOperation: {
            phase: 'Failed',
            message: 'Failed to hydrate: no access',
          },
        },
      },
      [
        'degraded',
        'Argo CD cannot hydrate the newest version, so the previous one stays deployed: no access.',
      ],
    ],
    [
      'is tried again after it failed',
      running(
        'one or more objects failed to apply, reason: no route. Retrying attempt #2 at 7:24PM.',
        { retryCount: 2 },
      ),
      [
        'degraded',
        'Argo CD could not apply the newest version and is retrying (attempt 3): one or more objects failed to apply, reason: no route.',
      ],
    ],
  ])('%s', (_, status, expected) => {
    expect(applicationHealth(status)).toEqual(expected);
  });
});
