import path from 'node:path';
import { parseObjects } from '../kustomize';
import { bindPolicies, evaluatePolicies, readPolicies } from '.';

const repositoryRoot = path.resolve(__dirname, '../../../..');
const team = {
  namespace: 'app-ml-team-dev',
  namespaceLabels: { 'ml-platform.io/team': 'app-ml-team' },
};
const service = (type: string) =>
  parseObjects(
    `{ apiVersion: v1, kind: Service, metadata: { name: x }, spec: { type: ${type} } }`,
  )[0];

/** Creates a policy that matches Services. */
function policy(fields: string, binding = '') {
  return bindPolicies(
    parseObjects(`
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: { name: p }
spec:
  matchConstraints:
    resourceRules:
      - { apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [services] }
${fields}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: p }
spec:
  policyName: p
  validationActions: [Deny]
${binding}
`),
  );
}
const neverAllowed =
  "  validations: [{ expression: 'false', message: refused }]";

describe('policies', () => {
  it('are read from the platform repository, and all can be evaluated', async () => {
    const policies = await readPolicies(
      repositoryRoot,
      'infra/gitops/policies',
    );
    expect(
      policies?.map(({ name, unsupported }) => [name, unsupported]),
    ).toEqual(
      [
        'allowed-registries',
        'controllers-inside',
        'declared-devices',
        'declared-resources',
        'exact-images',
        'fail-safe',
        'gpu-through-queue',
        'namespace-owners',
        'network-boundaries',
        'no-credentials',
        'no-host-access',
        'own-hosts',
        'own-identity',
        'own-labels',
        'own-metrics',
        'own-routes',
        'own-secrets',
        'own-volumes',
        'plain-config',
        'restricted-containers',
        'scanner-reports',
        'services-inside',
        'shared-nodes',
      ].map(name => [`ml-platform-${name}`, undefined]),
    );
    expect(await readPolicies(repositoryRoot, 'nowhere')).toBeUndefined();
  });

  it('apply to the selected namespaces', async () => {
    const policies = await readPolicies(
      repositoryRoot,
      'infra/gitops/policies',
    );
    const verdict = (namespaceLabels: Record<string, string>) =>
      evaluatePolicies(policies ?? [], service('NodePort'), {
        namespace: 'x',
        namespaceLabels,
      }).denials;
    expect(verdict(team.namespaceLabels)).toEqual([
      expect.stringContaining('leaves the cluster past'),
    ]);
    expect(verdict({})).toEqual([]);
  });

  it('leave to the cluster what only the cluster can evaluate', async () => {
    const policies = await readPolicies(
      repositoryRoot,
      'infra/gitops/policies',
    );
    const [namespace] = parseObjects(
      '{ apiVersion: v1, kind: Namespace, metadata: { name: x, labels: { ml-platform.io/team: app-ml-team } } }',
    );
    expect(
      evaluatePolicies(policies ?? [], namespace, { namespaceLabels: {} }),
    ).toEqual({
      denials: [],
      subjects: {},
      clusterOnly: [
        'ml-platform-namespace-owners: it calls allowed, check, group, name, resource, which only the cluster can evaluate',
      ],
    });
  });

  it.each([
    [
      '  paramKind: { apiVersion: v1, kind: ConfigMap }\n',
      'its parameters are not in this directory',
    ],
    ['  somethingNew: true\n', 'Unrecognized key'],
    [
      "  validations: [{ expression: 'object.?spec.orValue(1) == 1' }]\n",
      'expecting end of input',
    ],
    [
      "  validations: [{ expression: 'url(object.kind).getHost() == 1' }]\n",
      'it calls getHost, url',
    ],
  ])('leave unsupported parts to the cluster: %s', (fields, why) => {
    const { denials, clusterOnly } = evaluatePolicies(
      policy(
        fields.includes('validations') ? fields : `${fields}${neverAllowed}`,
      ),
      service('ClusterIP'),
      team,
    );
    expect({ denials, clusterOnly }).toEqual({
      denials: [],
      clusterOnly: [expect.stringContaining(why)],
    });
  });

  it('deny objects for which they cannot be evaluated, unless failurePolicy is Ignore', () => {
    const broken =
      "  validations: [{ expression: 'object.spec.nothing == 1' }]";
    expect(
      evaluatePolicies(policy(broken), service('ClusterIP'), team).denials,
    ).toEqual([
      expect.stringContaining('the policy cannot be evaluated for this object'),
    ]);
    expect(
      evaluatePolicies(
        policy(`  failurePolicy: Ignore\n${broken}`),
        service('ClusterIP'),
        team,
      ).denials,
    ).toEqual([]);
  });

  it('use messageExpression, else message, else the expression', () => {
    const denials = evaluatePolicies(
      policy(`  variables: [{ name: type, expression: object.spec.type }]
  validations:
    - { expression: 'false', messageExpression: "'no ' + variables.type", message: written }
    - { expression: 'false', messageExpression: object.nothing, message: written }
    - { expression: 1 == 2 }
    - { expression: variables.type == 'ClusterIP', message: not said }`),
      service('ClusterIP'),
      team,
    ).denials;
    expect(denials).toEqual([
      'no ClusterIP',
      'written',
      'failed expression: 1 == 2',
    ]);
  });

  it('apply match conditions and selectors', () => {
    const denials = (fields: string, binding = '') =>
      evaluatePolicies(
        policy(`${fields}${neverAllowed}`, binding),
        service('ClusterIP'),
        team,
      ).denials;
    expect(denials('')).toEqual(['refused']);
    expect(
      denials(
        "  matchConditions: [{ name: c, expression: object.kind == 'Pod' }]\n",
      ),
    ).toEqual([]);
    expect(
      denials(
        "  matchConditions: [{ name: c, expression: request.operation == 'CREATE' }]\n",
      ),
    ).toEqual(['refused']);
    expect(
      denials(
        '',
        '  matchResources: { objectSelector: { matchLabels: { a: b } } }',
      ),
    ).toEqual([]);
    expect(
      denials(
        '',
        '  matchResources: { namespaceSelector: { matchExpressions: [{ key: ml-platform.io/team, operator: In, values: [app-ml-team] }] } }',
      ),
    ).toEqual(['refused']);
    expect(
      denials(
        '',
        '  matchResources: { namespaceSelector: { matchExpressions: [{ key: ml-platform.io/team, operator: NotIn, values: [app-ml-team] }] } }',
      ),
    ).toEqual([]);
    expect(
      denials(
        '',
        "  matchResources: { excludeResourceRules: [{ apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], resources: [services] }] }",
      ),
    ).toEqual([]);
  });

  it('are in force only with a binding that denies', () => {
    const [bound] = policy(neverAllowed);
    expect(bound.policy).toBeDefined();
    expect(
      bindPolicies(
        parseObjects(`
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: audit }
spec: { policyName: p, validationActions: [Audit] }
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: lost }
spec: { policyName: lost, validationActions: [Deny] }
`),
      ),
    ).toEqual([
      { name: 'lost', unsupported: 'its policy is not in this directory' },
    ]);
  });
});
