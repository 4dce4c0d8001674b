import { failuresOf, TestRepository } from './__testUtils__/TestRepository';

const workload = 'infra/gitops/workloads/app-ml-team/feature-api';
const overlay = `${workload}/overlays/dev`;
const shared = 'infra/gitops/workloads/app-core-team/backend';
const terraform =
  'infra/terraform/compositions/teams/app-ml-team/dev/feature-api.tf';

describe('seeded errors fail the check with helpful messages', () => {
  const repository = TestRepository.forAll();

  it.each([
    {
      error: 'unknown Terraform argument',
      seed: () =>
        repository.edit(terraform, 'image_repository', 'image_registry'),
      path: terraform,
      says: '`image_registry` is not an input of the module. Check its spelling; the inputs are bucket, bucket_readers, bucket_writers, environment, image_repository, model_location, team, workload.',
    },
    {
      error: 'model in a bucket of the platform',
      seed: () =>
        repository.edit(
          terraform,
          '  team  ',
          '  model_location = "s3://acme-platform-state/x"\n  team  ',
        ),
      path: terraform,
      says: 'The model location "s3://acme-platform-state/x" is in a bucket that is not the team\'s. Move the model to data-app-ml-team or models-app-ml-team.',
    },
    {
      error: 'missing input',
      seed: () =>
        repository.edit(terraform, /\n.*workload .*=.*"feature-api"/, ''),
      path: terraform,
      says: 'The input `workload` (string) is missing. Add it to the module block.',
    },
    {
      error: 'wrong API version of what an overlay patches',
      seed: () =>
        repository.edit(
          `${overlay}/base/deployment.yaml`,
          'apps/v1',
          'apps/v1beta1',
        ),
      path: overlay,
      says: 'A patch targets Deployment feature-api (apps/v1), but no resource matches. Compare apiVersion, kind and name',
    },
    {
      error: 'wrong API version',
      seed: () =>
        repository.edit(
          `${overlay}/base/poddisruptionbudget.yaml`,
          'policy/v1',
          'policy/v1beta1',
        ),
      path: overlay,
      says: 'PodDisruptionBudget feature-api: apiVersion is policy/v1beta1, but must be policy/v1.',
    },
    {
      error: 'wrong API version in a base that environments share',
      seed: () =>
        repository.edit(
          `${shared}/base/poddisruptionbudget.yaml`,
          'policy/v1',
          'policy/v1beta1',
        ),
      path: shared,
      says: 'PodDisruptionBudget backend: apiVersion is policy/v1beta1, but must be policy/v1.',
    },
    {
      error: 'floating tag',
      seed: () =>
        repository.edit(
          `${overlay}/image.yaml`,
          /image: .*/,
          'image: docker.io/acme/feature-api:latest',
        ),
      path: overlay,
      says: 'Deployment feature-api: container server (docker.io/acme/feature-api:latest): the tag of the image moves to another image now and then. Name an exact version, for example ":1.4.2", or add its digest.',
    },
    {
      error: 'reference to another team',
      seed: () =>
        repository.edit(
          `${overlay}/kustomization.yaml`,
          'resources:',
          'resources:\n  - ../../../../app-data-team/stream-processor/base',
        ),
      path: `${overlay}/kustomization.yaml`,
      says: `"../../../../app-data-team/stream-processor/base" is not allowed. This can only refer to ${workload} and infra/gitops/components.`,
    },
    {
      error: 'remote base',
      seed: () =>
        repository.edit(
          `${overlay}/kustomization.yaml`,
          'resources:',
          'resources:\n  - https://github.com/acme/bases//service?ref=main',
        ),
      path: `${overlay}/kustomization.yaml`,
      says: 'Remote resources are not loaded; copy what you need into the workload.',
    },
    {
      error: 'arbitrary HCL in a team root',
      seed: () =>
        repository.edit(
          terraform,
          /$/,
          '\nresource "aws_iam_user" "backdoor" {\n  name = "backdoor"\n}\n',
        ),
      path: terraform,
      says: 'Write one `module` block and its outputs, nothing else: this file runs with the permissions of the pipeline',
    },
    {
      error: 'a file of arbitrary HCL in a team root',
      seed: () =>
        repository.write(
          terraform.replace('feature-api', 'backdoor'),
          'data "external" "x" {\n  program = ["sh", "-c", "id"]\n}\n',
        ),
      path: terraform.replace('feature-api', 'backdoor'),
      says: 'Write one `module` block and its outputs, nothing else',
    },
    {
      error: 'broken overlay',
      seed: () =>
        repository.edit(
          `${overlay}/image.yaml`,
          /name: .*/,
          'name: feature-apis',
        ),
      path: overlay,
      says: 'no matches for Id Deployment',
    },
    {
      error: 'overlay that is not YAML',
      seed: () =>
        repository.write(`${overlay}/kustomization.yaml`, 'resources: [\n'),
      path: `${overlay}/kustomization.yaml`,
      says: 'Line 2: This is not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]',
    },
    {
      error: 'field that a queue does not have',
      seed: () =>
        repository.edit(
          'infra/gitops/tenants/app-ml-team/queue/clusterqueue.yaml',
          'cohortName',
          'cohort',
        ),
      path: 'infra/gitops/tenants/app-ml-team/queue',
      says: 'ClusterQueue app-ml-team: spec: Unrecognized key: "cohort".',
    },
    {
      error: 'team that does not exist',
      seed: () =>
        repository.write(
          'infra/gitops/workloads/app-mlteam/x/base/kustomization.yaml',
          'resources: []\n',
        ),
      path: 'infra/gitops/workloads/app-mlteam/x/base/kustomization.yaml',
      says: 'There is no team app-mlteam in infra/gitops/tenants. Check the spelling',
    },
    {
      error: 'catalog-info.yaml that the catalog cannot read',
      seed: () =>
        repository.edit(
          `${workload}/catalog-info.yaml`,
          'tags: [ml-service]',
          'tags: [MLflow]',
        ),
      path: `${workload}/catalog-info.yaml`,
      says: 'Line 6: Component feature-api: metadata.tags.0 must be a string that is sequences of [a-z0-9+#] separated by [-], at most 63 characters in total (got "MLflow").',
    },
    {
      error: 'deletion of the catalog-info.yaml of a deployed workload',
      seed: () => repository.remove(`${workload}/catalog-info.yaml`),
      path: `${workload}/catalog-info.yaml`,
      says: 'The workload is still deployed, so its pages need this file. Keep it, or delete the overlays too.',
    },
    {
      error: 'tenant that names a missing file',
      seed: () =>
        repository.write(
          'infra/gitops/tenants/app-ml-team/overlays/dev/kustomization.yaml',
          'namespace: app-ml-team-dev\nresources: [../../base, nothing.yaml]\n',
        ),
      path: 'infra/gitops/tenants/app-ml-team/overlays/dev',
      says: '"nothing.yaml" is not a file or directory of this repository',
    },
  ])('$error', async ({ seed, path, says }) => {
    await seed();
    const failures = failuresOf(await repository.check());
    expect(
      failures.filter(text => text.startsWith(`${path}: `)).join('\n'),
    ).toContain(says);
    expect(failures.join('\n')).not.toContain(repository.directory);
  });

  it('finds no problem in the whole repository', async () => {
    const report = await repository.check({ base: 'main~1' });
    expect(failuresOf(report)).toEqual([]);
    expect(report.affected).toBeGreaterThan(40);
  });

  it('finds no problem in a small change', async () => {
    await repository.edit(
      `${overlay}/replicas.yaml`,
      /replicas: \d+/,
      'replicas: 2',
    );
    expect(failuresOf(await repository.check())).toEqual([]);
  });
});
