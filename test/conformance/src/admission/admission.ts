import { waitUntil } from '@internal/real-platform';
import type { Assertions } from '../Suite';
import type { RealTarget } from '../targets/startRealTarget';
import { kubectl } from './kubectl';

const NAMESPACE = 'admission';

/** Changes to an Application of team-a that its AppProject forbids, with Argo CD's message. */
const FORBIDDEN: Array<[name: string, change: object, message: string]> = [
  [
    'a foreign namespace',
    { destination: { namespace: 'team-b-dev' } },
    "do not match any of the allowed destinations in project 'team-a'",
  ],
  [
    'a foreign repository',
    { source: { repoURL: 'https://git.example.com/other/repository.git' } },
    "is not permitted in project 'team-a'",
  ],
  [
    'a cluster-scoped kind',
    { source: { path: 'infra/gitops/tenants/team-b/overlays/dev' } },
    'is not permitted in project team-a',
  ],
];

/** Objects that the API server rejects. The sandbox has no write API. */
export const admission: Assertions<RealTarget> = suite => {
  const apply = (object: object) =>
    kubectl(suite.target.kubeconfig, ['apply', '--filename=-'], object);
  const dryRun = (object: object) =>
    kubectl(
      suite.target.kubeconfig,
      ['apply', '--dry-run=server', '--output=json', '--filename=-'],
      object,
    );

  suite.assert('a namespace with limits and Pod Security', async () => {
    const { code } = await apply({
      apiVersion: 'v1',
      kind: 'List',
      items: [
        {
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: {
            name: NAMESPACE,
            labels: { 'pod-security.kubernetes.io/enforce': 'restricted' },
          },
        },
        {
          apiVersion: 'v1',
          kind: 'LimitRange',
          metadata: { name: 'tenant', namespace: NAMESPACE },
          spec: {
            limits: [
              {
                type: 'Container',
                defaultRequest: { cpu: '100m' },
                default: { cpu: '500m' },
                max: { cpu: '2' },
              },
            ],
          },
        },
      ],
    });
    expect(code).toBe(0);
  });

  suite.assert('a LimitRange sets defaults', async () => {
    const { stdout } = await dryRun(pod({}));
    expect(JSON.parse(stdout).spec.containers[0].resources).toEqual({
      requests: { cpu: '100m' },
      limits: { cpu: '500m' },
    });
  });

  suite.assert('a LimitRange rejects more than its maximum', async () => {
    const { code, stderr } = await dryRun(
      pod({ resources: { limits: { cpu: '3' } } }),
    );
    expect(code).toBe(1);
    expect(stderr).toContain(
      'maximum cpu usage per Container is 2, but limit is 3',
    );
  });

  suite.assert('Pod Security rejects privileged containers', async () => {
    const { code, stderr } = await dryRun(
      pod({ securityContext: { privileged: true } }),
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /violates PodSecurity "restricted:latest": privileged/,
    );
  });

  suite.assert('a policy rejects with its message', async () => {
    await apply({
      apiVersion: 'v1',
      kind: 'List',
      items: [
        {
          apiVersion: 'admissionregistration.k8s.io/v1',
          kind: 'ValidatingAdmissionPolicy',
          metadata: { name: 'conformance' },
          spec: {
            matchConstraints: {
              resourceRules: [
                {
                  apiGroups: [''],
                  apiVersions: ['v1'],
                  operations: ['CREATE'],
                  resources: ['configmaps'],
                },
              ],
            },
            validations: [
              {
                expression: "has(object.data) && 'owner' in object.data",
                message: 'Name an owner.',
              },
            ],
          },
        },
        {
          apiVersion: 'admissionregistration.k8s.io/v1',
          kind: 'ValidatingAdmissionPolicyBinding',
          metadata: { name: 'conformance' },
          spec: {
            policyName: 'conformance',
            validationActions: ['Deny'],
            matchResources: {
              namespaceSelector: {
                matchLabels: { 'kubernetes.io/metadata.name': NAMESPACE },
              },
            },
          },
        },
      ],
    });
    const configMap = (data: object) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'policy', namespace: NAMESPACE },
      data,
    });
    await waitUntil('the policy to be in force', async () => {
      const { code, stderr } = await dryRun(configMap({}));
      expect(code).toBe(1);
      expect(stderr).toContain(
        "ValidatingAdmissionPolicy 'conformance' with binding 'conformance' denied request: Name an owner.",
      );
    });
    expect((await dryRun(configMap({ owner: 'me' }))).code).toBe(0);
  });

  suite.assert('a user without rights is rejected with a message', async () => {
    const { status, body } = await suite.target.outsider.get(
      '/api/v1/namespaces/team-a-dev/pods',
    );
    expect(status).toBe(403);
    expect(body).toMatchObject({
      reason: 'Forbidden',
      message:
        'pods is forbidden: User "outsider" cannot list resource "pods" in API group "" in the namespace "team-a-dev"',
    });
  });

  suite.assert('the portal cannot read secrets', async () => {
    const { status } = await suite.target.kubernetes.get(
      '/api/v1/namespaces/argocd/secrets',
    );
    expect(status).toBe(403);
  });

  for (const [index, [name, change, message]] of FORBIDDEN.entries()) {
    suite.assert(`an AppProject rejects ${name}`, async () => {
      const application = `forbidden-${index}`;
      await apply(
        createApplication(
          suite.target.forge.repositoryUrl,
          application,
          change,
        ),
      );
      const { status } = await suite.target.kubernetes.settled(
        `/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/${application}`,
        object => JSON.stringify(object.status ?? {}).includes(message),
      );
      expect(JSON.stringify(status)).toContain(message);
    });
  }
};

function createApplication(
  repoURL: string,
  name: string,
  change: { source?: object; destination?: object },
) {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name, namespace: 'argocd' },
    spec: {
      project: 'team-a',
      source: {
        repoURL,
        targetRevision: 'main',
        path: 'infra/gitops/workloads/team-a/pages/overlays/dev',
        ...change.source,
      },
      destination: {
        server: 'https://kubernetes.default.svc',
        namespace: 'team-a-dev',
        ...change.destination,
      },
      syncPolicy: { automated: {} },
    },
  };
}

function pod(container: object) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'dry-run', namespace: NAMESPACE },
    spec: {
      securityContext: {
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      containers: [
        {
          name: 'app',
          image: 'ghcr.io/acme/app:1.0.0',
          securityContext: {
            allowPrivilegeEscalation: false,
            capabilities: { drop: ['ALL'] },
          },
          ...container,
        },
      ],
    },
  };
}
