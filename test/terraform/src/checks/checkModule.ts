import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Report } from '../Report';
import { describe, type Diagnostic } from '../terraform/diagnostics';
import type { Workspace } from '../terraform/Workspace';

/**
 * Runs `init`, `validate` and `test` on a module or root. A root with variables is tested once per `<cluster>.plan.tfvars` of
 * its parent directory, with the sizes of `<cluster>.tfvars`.
 */
export async function checkModule(
  workspace: Workspace,
  module: string,
  report: Report,
): Promise<void> {
  const problems = await validate(workspace, module);
  report.judge(`${module}: validate`, problems);
  if (problems.length) {
    return;
  }
  if (!(await hasTests(workspace, module))) {
    report.fail(`${module}: test`, [
      `infra/terraform/${module}: Add tests/unit.tftest.hcl: every module needs a test.`,
    ]);
    return;
  }
  const clusters = (await namesIn(workspace, dirname(module))).flatMap(
    name => name.match(/^(.+)\.plan\.tfvars$/)?.[1] ?? [],
  );
  if (!clusters.length) {
    await test(workspace, module, [], `${module}: test`, report);
  }
  for (const cluster of clusters) {
    const name = `${module}: test with ${cluster}.tfvars`;
    const values = [`${cluster}.tfvars`, `${cluster}.plan.tfvars`].map(
      file => `-var-file=../${file}`,
    );
    await test(workspace, module, values, name, report);
  }
}

/** The problems of a module in `init` and `validate`, including warnings. */
async function validate(
  workspace: Workspace,
  module: string,
): Promise<string[]> {
  const init = await workspace.terraform(
    module,
    'init',
    '-backend=false',
    '-input=false',
    '-no-color',
  );
  if (init.code !== 0) {
    return [
      `infra/terraform/${module}: terraform init failed\n${
        init.errors || init.output
      }`,
    ];
  }
  const { output } = await workspace.terraform(module, 'validate', '-json');
  const { diagnostics }: { diagnostics: Diagnostic[] } = JSON.parse(output);
  return [
    ...diagnostics.map(diagnostic => describe(module, diagnostic)),
    ...(await cloudProblems(workspace, module)),
  ];
}

/** The problems of the Kind root, which must work on a laptop. */
async function cloudProblems(
  workspace: Workspace,
  module: string,
): Promise<string[]> {
  const providers = '.terraform/providers/registry.terraform.io/hashicorp';
  const names = await namesIn(workspace, join(module, providers));
  return module.endsWith('/kind') && names.includes('aws')
    ? [
        `infra/terraform/${module}: The Kind root must work without a cloud, but one of its modules requires hashicorp/aws. Use the module in providers/kubernetes.`,
      ]
    : [];
}

async function hasTests(
  workspace: Workspace,
  module: string,
): Promise<boolean> {
  const names = await namesIn(workspace, join(module, 'tests'));
  return names.some(name => name.endsWith('.tftest.hcl'));
}

async function namesIn(
  workspace: Workspace,
  directory: string,
): Promise<string[]> {
  try {
    return (await readdir(join(workspace.directory, directory))).sort();
  } catch {
    return [];
  }
}

async function test(
  workspace: Workspace,
  module: string,
  args: string[],
  name: string,
  report: Report,
): Promise<void> {
  const { output, errors } = await workspace.terraform(
    module,
    'test',
    '-json',
    ...args,
  );
  const messages: TestMessage[] = output
    .split('\n')
    .filter(line => line.startsWith('{'))
    .map(line => JSON.parse(line));
  const said = messages.flatMap(({ diagnostic }) =>
    diagnostic ? [describe(module, diagnostic)] : [],
  );
  const runs = messages.flatMap(({ test_run: run }) =>
    run?.progress === 'complete' ? [run] : [],
  );
  for (const { path, run, status } of runs) {
    const title = `${name}: ${basename(path)}: ${run}`;
    if (status === 'pass') {
      report.pass(title);
    } else {
      report.fail(title, []);
    }
  }
  if (!runs.length || said.length) {
    report.fail(name, said.length ? said : [errors || 'No test ran']);
  }
}

interface TestMessage {
  diagnostic?: Diagnostic;
  test_run?: {
    path: string;
    run: string;
    progress?: string;
    status?: 'pass' | 'fail' | 'error' | 'skip';
  };
}
