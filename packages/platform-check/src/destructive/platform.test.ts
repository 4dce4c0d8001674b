import { destructiveLines } from '../__testUtils__/destructiveLines';
import { TestRepository } from '../__testUtils__/TestRepository';

// Builds with the real Kustomize, before and after each change.
jest.setTimeout(240_000);

const workloads = 'infra/gitops/workloads';
const tenants = 'infra/gitops/tenants';
const roots = 'infra/terraform/compositions/teams';

describe('destructive changes of the platform', () => {
  const repository = TestRepository.forAll();

  const destructive = async () =>
    destructiveLines((await repository.check()).destructive);

  it('are tenants and their environments, with what is left of them', async () => {
    await repository.remove(`${tenants}/app-data-team`);
    await repository.remove(`${tenants}/app-ml-team/overlays/uat`);
    const changes = await destructive();
    expect(changes).toContainEqual(
      expect.stringMatching(
        `^tenant-removed dev → app-data-team,platform: ${tenants}/app-data-team/overlays/dev: app-data-team loses its namespace in dev, with everything in it, volumes included\\. Left behind: .*${workloads}/app-data-team/data-api/overlays/dev; .*${roots}/app-data-team/dev \\(cloud roles`,
      ),
    );
    expect(changes).toContainEqual(
      expect.stringMatching(
        `^tenant-removed uat → app-ml-team,platform: .*Left behind: ${workloads}/app-ml-team/feature-api/overlays/uat`,
      ),
    );
    expect(changes).toContainEqual(
      expect.stringContaining(
        'guard-weakened  → platform: infra/gitops/tenants/app-data-team/argocd: AppProject app-data-team: is removed',
      ),
    );
    expect(changes).toContainEqual(
      expect.stringContaining('ApplicationSet app-data-team-prod: is deleted.'),
    );
    expect(changes).toContainEqual(
      expect.stringContaining(
        'Namespace app-ml-team-uat: is deleted, and everything in it, volumes included.',
      ),
    );
    // Quotas of a deleted namespace are not reported on their own.
    expect(changes.join('\n')).not.toMatch(/uat: ResourceQuota/);
  });

  it('are guards of tenants that are loosened', async () => {
    const components = 'infra/gitops/components';
    await repository.edit(
      `${components}/tenant/namespace.yaml`,
      'pod-security.kubernetes.io/enforce: restricted',
      'pod-security.kubernetes.io/enforce: baseline',
    );
    await repository.edit(
      `${components}/tenant/namespace.yaml`,
      'warn-version: v1.36',
      'warn-version: v1.20',
    );
    await repository.edit(
      `${components}/tenant/networkpolicies.yaml`,
      'policyTypes: [Ingress, Egress]',
      'policyTypes: [Ingress]',
    );
    await repository.edit(
      `${components}/tenant/networkpolicies.yaml`,
      'cidr: 0.0.0.0/0\n            except: [10.0.0.0/8, ',
      'cidr: 0.0.0.0/0\n            except: [',
    );
    await repository.edit(
      `${components}/tier-medium/resourcequota.yaml`,
      'pods: "120"',
      'pods: "1k"',
    );
    await repository.edit(
      `${components}/tier-medium/resourcequota.yaml`,
      /.*services.nodeports.*\n/,
      '',
    );
    await repository.edit(
      `${components}/tier-medium/limitrange.yaml`,
      'memory: 32Gi',
      'memory: 33Gi',
    );
    const project = `${tenants}/app-ml-team/argocd/project.yaml`;
    await repository.edit(project, 'sourceRepos:', "sourceRepos:\n    - '*'");
    await repository.edit(
      project,
      'destinations:',
      "destinations:\n    - { server: https://kubernetes.default.svc, namespace: '*' }",
    );
    const changes = (await destructive()).filter(line =>
      line.startsWith('guard-weakened'),
    );
    for (const text of [
      'Namespace app-ml-team: pod-security.kubernetes.io/enforce goes from restricted to baseline.',
      'Namespace app-ml-team: pod-security.kubernetes.io/warn-version goes from v1.36 to v1.20, which knows fewer rules.',
      'NetworkPolicy default-deny: it no longer guards Egress.',
      'NetworkPolicy allow-https-egress: it allows other egress than before:',
      'ResourceQuota tenant: pods goes from 120 to 1k.',
      'ResourceQuota tenant: services.nodeports is no longer limited (was 0).',
      'LimitRange tenant: Container: max memory goes from 32Gi to 33Gi.',
      `${project.replace(
        '/project.yaml',
        '',
      )}: AppProject app-ml-team: sourceRepos allows more: *.`,
      'AppProject app-ml-team: destinations allows more: {',
    ]) {
      expect(changes).toContainEqual(expect.stringContaining(text));
    }
    expect(changes.every(line => line.includes('→ platform:'))).toBe(true);
  });

  it('are policies that refuse less', async () => {
    const policies = 'infra/gitops/policies';
    await repository.edit(
      `${policies}/exact-images.yaml`,
      'validationActions: [Deny]',
      'validationActions: [Audit, Warn]',
    );
    await repository.edit(
      `${policies}/no-host-access.yaml`,
      'failurePolicy: Fail',
      'failurePolicy: Ignore',
    );
    await repository.edit(
      `${policies}/services-inside.yaml`,
      /operations: \[CREATE, UPDATE\]/,
      'operations: [UPDATE]',
    );
    await repository.edit(
      `${policies}/kustomization.yaml`,
      /.*own-secrets.*\n/,
      '',
    );
    await repository.edit(
      `${policies}/parameters.yaml`,
      '    docker.io\n',
      '    docker.io\n    evil.example\n',
    );
    const changes = await destructive();
    for (const text of [
      `guard-weakened  → platform: ${policies}: ValidatingAdmissionPolicyBinding ml-platform-exact-images: validationActions lose Deny: what the policy forbids is possible.`,
      'ValidatingAdmissionPolicy ml-platform-no-host-access: failurePolicy becomes Ignore: what cannot be evaluated is allowed.',
      'ValidatingAdmissionPolicy ml-platform-services-inside: matchConstraints changed: compare whether it still refuses what it refused.',
      'ValidatingAdmissionPolicy ml-platform-own-secrets: is removed, and what it kept out is possible.',
      'ValidatingAdmissionPolicyBinding ml-platform-own-secrets: is removed',
      'ConfigMap policy-parameters: policies decide with other registries: + evil.example.',
    ]) {
      expect(changes).toContainEqual(expect.stringContaining(text));
    }
  });

  it('are charts and repositories from elsewhere, and versions that are not exact', async () => {
    const monitoring = 'infra/gitops/platform/monitoring/base/application.yaml';
    await repository.edit(
      monitoring,
      'https://prometheus-community.github.io/helm-charts',
      'https://charts.example.com',
    );
    await repository.edit(
      monitoring,
      'targetRevision: 91.5.0',
      "targetRevision: '*'",
    );
    const kueue = 'infra/gitops/platform/kueue/base/application.yaml';
    await repository.edit(
      kueue,
      /(chart: .*\n.*targetRevision: "?v?\d+\.\d+\.)\d+/,
      '$199',
    );
    const applications = `${tenants}/app-ml-team/argocd/applicationset-dev.yaml`;
    await repository.edit(
      applications,
      'targetRevision: main',
      'targetRevision: other',
    );
    const changes = (await destructive()).filter(line =>
      line.startsWith('source-changed'),
    );
    expect(changes).toEqual(
      expect.arrayContaining([
        expect.stringContaining(
          'Application monitoring: repoURL becomes https://charts.example.com (was https://prometheus-community.github.io/helm-charts): what is installed comes from elsewhere.',
        ),
        expect.stringContaining(
          'Application monitoring: version * of the chart kube-prometheus-stack is not exact',
        ),
        expect.stringContaining(
          'ApplicationSet app-ml-team-dev: targetRevision of https://git.example.com/acme/platform.git becomes other (was main).',
        ),
      ]),
    );
    // Another exact version is a usual upgrade.
    expect(changes.join('\n')).not.toContain('kueue');
  });
});
