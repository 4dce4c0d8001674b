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
