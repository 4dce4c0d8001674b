import { poll } from '../poll';
import type { Assertions } from '../Suite';
import type { RealTarget } from '../targets/startRealTarget';
import { kubectl } from './kubectl';

const NAMESPACE = 'admission';

/** Changes to an Application of team-a, and what Argo CD says of them. */
const FORBIDDEN: Array<[what: string, change: object, message: string]> = [
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

/** What the API server itself refuses; the sandbox has no writers to refuse. */
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

  suite.assert(
    'a LimitRange fills in what a container leaves open',
    async () => {
      const { stdout } = await dryRun(pod({}));
      expect(JSON.parse(stdout).spec.containers[0].resources).toEqual({
        requests: { cpu: '100m' },
        limits: { cpu: '500m' },
      });
    },
  );

  suite.assert('a LimitRange refuses more than its maximum', async () => {
    const { code, stderr } = await dryRun(
      pod({ resources: { limits: { cpu: '3' } } }),
    );
    expect(code).toBe(1);
    expect(stderr).toContain(
      'maximum cpu usage per Container is 2, but limit is 3',
    );
  });

  suite.assert('Pod Security refuses privilege', async () => {
    const { code, stderr } = await dryRun(
      pod({ securityContext: { privileged: true } }),
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /violates PodSecurity "restricted:latest": privileged/,
    );
  });

  suite.assert(
    'a policy refuses with its message',
    async () => {
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
                  message: 'Say who owns it.',
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
      // A policy takes a moment to be in force.
      const refusal = await poll('the policy to be in force', 30, async () => {
        const { code, stderr } = await dryRun(configMap({}));
        return code === 1 ? stderr : undefined;
      });
      expect(refusal).toContain(
        "ValidatingAdmissionPolicy 'conformance' with binding 'conformance' denied request: Say who owns it.",
      );
      expect((await dryRun(configMap({ owner: 'me' }))).code).toBe(0);
    },
    60,
  );

  suite.assert('who has no rights is told so', async () => {
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

  suite.assert('the portal reads no secrets', async () => {
    const { status } = await suite.target.kubernetes.get(
      '/api/v1/namespaces/argocd/secrets',
    );
    expect(status).toBe(403);
  });

  for (const [index, [what, change, message]] of FORBIDDEN.entries()) {
    suite.assert(
      `an AppProject refuses ${what}`,
      async () => {
        const name = `forbidden-${index}`;
        await apply(
          application(suite.target.forge.repositoryUrl, name, change),
        );
        const { status } = await suite.target.kubernetes.settled(
          `/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/${name}`,
          object => JSON.stringify(object.status ?? {}).includes(message),
          60,
        );
        expect(JSON.stringify(status)).toContain(message);
      },
      90,
    );
  }
};

function application(
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
    metadata: { name: 'tried', namespace: NAMESPACE },
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
