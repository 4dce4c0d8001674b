import {
  createWorkloadTrees,
  type WorkloadTrees,
} from '../../__testUtils__/createWorkloadTrees';

describe('validateChange: Terraform', () => {
  let trees: WorkloadTrees;

  beforeEach(async () => {
    trees = await createWorkloadTrees();
  });

  afterEach(async () => {
    await trees.remove();
  });

  it.each([
    [
      'team             = "app-ml-team"',
      'team = "app-data-team"',
      'Write `team = "app-ml-team"`',
    ],
    [
      '"../../../../platform/workload"',
      '"git::https://example.com/x"',
      'Write `source =',
    ],
    ['true', 'file("/etc/passwd") != ""', 'must be a literal value'],
    ['true', '"${path.module}"', 'must be a literal value'],
    ['true', '{ a = { b = var.x } }', 'must be a literal value'],
    ['true', 'true\n  for_each = { a = 1 }', 'Remove `for_each`'],
    [
      'true',
      'true\n  provisioner "local-exec" {\n    command = "x"\n  }',
      '`provisioner` must be a literal value',
    ],
    [
      'module "feature-api"',
      'module "other"',
      'Write exactly one block `module "feature-api"`',
    ],
    [
      /$/,
      'resource "null_resource" "x" {\n}\n',
      'Write one `module` block and its outputs',
    ],
    [
      /$/,
      'module "second" {\n  source = "../x"\n}\n',
      'Write exactly one block',
    ],
    [
      /$/,
      'module "__proto__" {\n  source = "../x"\n}\n',
      'cannot name anything "__proto__"',
    ],
    [
      /$/,
      'module "\\u005f\\u005fproto\\u005f\\u005f" {\n  source = "../x"\n}\n',
      'cannot name anything "__proto__"',
    ],
    [
      /$/,
      'output "\\u005f_proto__" {\n  value = file("/etc/passwd")\n}\n',
      'cannot name anything "__proto__"',
    ],
    ['module.feature-api', 'data.x', 'must be module.feature-api'],
    [
      'output "feature-api"',
      'output "ml-backend"',
      'Rename output "ml-backend"',
    ],
    [
      'image_repository',
      'image_registry',
      '`image_registry` is not an input of the module. Check its spelling; the inputs are bucket, bucket_readers, bucket_writers, environment, image_repository, model_location, team, workload.',
    ],
    ['image_repository = true', 'image_repository = [1]', 'must be a bool'],
    [
      'module "feature-api" {',
      'module "feature-api" {{',
      'Line 2 is not valid Terraform',
    ],
  ])('refuses a Terraform file with %s as %s', async (from, to, words) => {
    const file = `${trees.teamRoots}/app-ml-team/dev/feature-api.tf`;
    await trees.edit(file, from, to);
    const { failures } = await trees.validate([file]);
    expect(failures.terraform?.join('\n')).toContain(`${file}: `);
    expect(failures.terraform?.join('\n')).toContain(words);
  });

  it('reports a missing required input', async () => {
    await trees.edit(
      'infra/terraform/platform/workload/variables.tf',
      /$/,
      'variable "cost_centre" {\n  type = string\n}\n',
    );
    const { failures } = await trees.validate();
    expect(failures.terraform).toEqual([
      expect.stringContaining('The input `cost_centre` (string) is missing.'),
      expect.stringContaining('The input `cost_centre` (string) is missing.'),
    ]);
  });
});
