import { parseObjects } from '../kustomize';
import { bindPolicies, evaluatePolicies } from '.';

const team = {
  namespace: 'app-ml-team-dev',
  namespaceLabels: { 'ml-platform.io/team': 'app-ml-team' },
};
const service = (type: string) =>
  parseObjects(
    `{ apiVersion: v1, kind: Service, metadata: { name: x }, spec: { type: ${type} } }`,
  )[0];

describe('policies', () => {
  describe('that judge changes', () => {
    const judging = (annotations: string) =>
      bindPolicies(
        parseObjects(`
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: { name: p, annotations: { ${annotations} } }
spec:
  matchConstraints:
    resourceRules:
      - { apiGroups: [''], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [services] }
  validations:
    - expression: oldObject != null && oldObject.spec.type == object.spec.type && request.operation == 'UPDATE'
      message: new
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: p }
spec: { policyName: p, validationActions: [Deny] }
`),
      );
    const denials = (annotations: string, before?: string) =>
      evaluatePolicies(judging(annotations), service('ClusterIP'), {
        ...team,
        oldObject: before === undefined ? undefined : service(before),
      }).denials;

    it('see the object before the change', () => {
      const changes = 'ml-platform.io/judges: changes';
      expect(denials(changes)).toEqual(['new']);
      expect(denials(changes, 'NodePort')).toEqual(['new']);
      expect(denials(changes, 'ClusterIP')).toEqual([]);
    });

    it('are the only ones that do', () => {
      expect(denials('', 'ClusterIP')).toEqual(['new']);
    });
  });

  it('do not count lines of parameters that have expired', () => {
    const objects = parseObjects(`
apiVersion: v1
kind: ConfigMap
metadata: { name: c, namespace: x, annotations: { ml-platform.io/expiring: allowed } }
data:
  allowed: |
    ClusterIP 2026-06-30
    NodePort 2026-07-01
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: { name: p }
spec:
  paramKind: { apiVersion: v1, kind: ConfigMap }
  matchConstraints:
    resourceRules:
      - { apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [services] }
  validations:
    - expression: params.data.allowed.contains(object.spec.type)
      message: refused
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: p }
spec:
  policyName: p
  validationActions: [Deny]
  paramRef: { name: c, namespace: x, parameterNotFoundAction: Deny }
`);
    const denials = (day: string, type: string) =>
      evaluatePolicies(
        bindPolicies(objects, new Date(`${day}T23:00:00Z`)),
        service(type),
        team,
      ).denials;
    expect(denials('2026-06-30', 'ClusterIP')).toEqual([]);
    expect(denials('2026-07-01', 'ClusterIP')).toEqual(['refused']);
    expect(denials('2026-07-01', 'NodePort')).toEqual([]);
  });
});
