import { failuresOf, TestRepository } from './__testUtils__/TestRepository';

// Builds with the real Kustomize.
jest.setTimeout(240_000);

const overlay = 'infra/gitops/workloads/app-core-team/frontend/overlays/dev';

describe('traits of workloads', () => {
  const repository = TestRepository.forAll();

  const use = async (component: string) => {
    await repository.edit(
      `${overlay}/kustomization.yaml`,
      'patches:\n',
      `components:\n  - ../../../../../components/${component}\npatches:\n`,
    );
  };

  it('pass the check: slo, with the objective in a file', async () => {
    await repository.write(
      `${overlay}/slo.yaml`,
      `apiVersion: v1
kind: ConfigMap
metadata: { name: slo, annotations: { config.kubernetes.io/local-config: 'true' } }
data: { availability: '0.99' }
`,
    );
    await repository.edit(
      `${overlay}/kustomization.yaml`,
      'resources:\n',
      'resources:\n  - slo.yaml\n',
    );
    await use('slo');
    expect(failuresOf(await repository.check())).toEqual([]);
  });

  it.each(['hpa', 'keda', 'vpa', 'canary', 'blue-green'])(
    'pass the check: %s',
    async component => {
      await use(component);
      await repository.edit(
        `${overlay}/kustomization.yaml`,
        '  - path: replicas.yaml\n',
        '',
      );
      await repository.remove(`${overlay}/replicas.yaml`);
      expect(failuresOf(await repository.check())).toEqual([]);
    },
  );
});
