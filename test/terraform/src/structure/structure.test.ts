import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  interfaceProblems,
  interfaceDifferences,
  validationProblems,
} from './interfaceProblems';
import { readModule } from './readModule';
import { layerProblems } from './layerProblems';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'structure-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

async function moduleOf(files: Record<string, string>) {
  await rm(directory, { recursive: true, force: true });
  directory = await mkdtemp(join(tmpdir(), 'structure-'));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(directory, name)), { recursive: true });
    await writeFile(join(directory, name), text);
  }
  return readModule(directory);
}

const backend = (lines: string) => ({
  'backend.tf': `terraform {\n  backend "s3" {\n${lines}\n  }\n}\n`,
  'providers.tf': 'provider "aws" {}\n',
  'versions.tf': 'terraform {}\n',
});

describe('interfaces', () => {
  it('accepts variables and outputs that are typed, described and in order', async () => {
    const module = await moduleOf({
      'variables.tf': `variable "a" {
  description = "First"
  type        = map(string)
}
variable "b" {
  description = "Second"
  type        = set(string)
}
`,
      'outputs.tf': `output "a" {
  description = "First"
  value       = 1
}
`,
    });
    expect(interfaceProblems(module)).toEqual([]);
  });

  it('reports types, order and descriptions', async () => {
    const module = await moduleOf({
      'variables.tf': `variable "b" {
  type = any
}
variable "a" {
  description = "Second"
  type        = list(string)
}
`,
    });
    expect(interfaceProblems(module)).toEqual([
      'Put variable "a" in alphabetical order.',
      'Give variable "b" a description.',
      'Give variable "b" an exact type, not `any`.',
      'Make variable "a" a map or a set: the removal of a list item moves all later items.',
    ]);
  });

  it('counts variables', async () => {
    const names = [...'abcdefghijklm'];
    const module = await moduleOf({
      'variables.tf': names
        .map(
          name =>
            `variable "${name}" {\n  description = "x"\n  type = string\n}\n`,
        )
        .join(''),
    });
    expect(interfaceProblems(module)).toEqual([
      '13 variables are too many: group them in objects. The limit is 12.',
    ]);
  });
});

describe('validations', () => {
  const variables = `variable "a" {
  description = "x"
  type        = string
  validation {
    condition     = var.a != ""
    error_message = "a is not empty."
  }
  validation {
    condition     = var.a != "b"
    error_message = "a is not b."
  }
}
`;

  it('have a tested rejection each', async () => {
    const module = await moduleOf({
      'variables.tf': variables,
      'tests/contract.tftest.hcl':
        'run "x" {\n  expect_failures = [var.a]\n}\n',
    });
    expect(validationProblems(module)).toEqual([
      'Variable "a" has 2 validations, and tests cover 1 rejections: write a run with `expect_failures = [var.a]` for each.',
    ]);
  });
});

describe('modules of two providers', () => {
  const variable = (name: string, type: string) =>
    `variable "${name}" {\n  description = "x"\n  type = ${type}\n}\n`;
  const output = (value: string) =>
    `output "id" {\n  description = "x"\n  value = ${value}\n}\n`;

  it('may compute their outputs in different ways', async () => {
    const a = await moduleOf({
      'm.tf': `# one\n${variable('a', 'string')}${output('1')}`,
    });
    const b = await moduleOf({ 'm.tf': variable('a', 'string') + output('2') });
    expect(interfaceDifferences(['aws', a], ['kind', b])).toEqual([]);
  });

  it('take the same variables of the same type', async () => {
    const a = await moduleOf({
      'm.tf': variable('a', 'string') + variable('b', 'string'),
    });
    const b = await moduleOf({ 'm.tf': variable('a', 'number') + output('1') });
    expect(interfaceDifferences(['aws', a], ['kind', b])).toEqual([
      'variable "a" has a different type in aws and kind: make them the same.',
      'variable "b" is in aws only: add it to kind, because compositions must work with either.',
      'output "id" is in kind only: add it to aws, because compositions must work with either.',
    ]);
  });
});

describe('layers', () => {
  it('keep backends and providers in roots', async () => {
    const module = await moduleOf(backend('    encrypt = true'));
    expect(layerProblems('providers/aws/storage', module)).toEqual([
      'Remove the backend: only roots have one.',
      'Remove the provider block: only roots have one.',
    ]);
  });

  it('allow team roots their own state only', async () => {
    const path = 'compositions/teams/app-ml-team/dev';
    const good = await moduleOf(
      backend(
        '    encrypt = true\n    key = "teams/app-ml-team/dev/terraform.tfstate"\n    use_lockfile = true',
      ),
    );
    expect(layerProblems(path, good)).toEqual([]);
    const bad = await moduleOf(
      backend('    dynamodb_table = "x"\n    key = "terraform.tfstate"'),
    );
    expect(layerProblems(path, bad)).toEqual([
      'The S3 backend has no argument "dynamodb_table" here; it has encrypt, key, use_lockfile. Terraform does not check it.',
      'Set `use_lockfile = true` in the backend: without it concurrent runs can corrupt the state.',
      'Set `encrypt = true` in the backend.',
      'Set `key = "teams/app-ml-team/dev/terraform.tfstate"` in the backend: each root has its own state.',
    ]);
  });

  it('allow local state in the Kind root only', async () => {
    const module = await moduleOf({
      ...backend(''),
      'backend.tf': 'terraform {\n  backend "local" {}\n}\n',
    });
    expect(layerProblems('compositions/data-platform/kind', module)).toEqual(
      [],
    );
    expect(layerProblems('compositions/data-platform/aws', module)).toEqual([
      'Keep the state in the S3 backend: others have to find it.',
    ]);
  });

  it('list the missing files of a root', async () => {
    const module = await moduleOf({ 'versions.tf': 'terraform {}\n' });
    expect(layerProblems('compositions/data-platform/kind', module)).toEqual([
      'Add backend.tf: every root needs one.',
      'Add providers.tf: every root needs one.',
    ]);
  });
});
