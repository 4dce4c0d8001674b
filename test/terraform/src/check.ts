import { join } from 'node:path';
import { checkCheckov } from './checks/checkCheckov';
import { checkFormat } from './checks/checkFormat';
import { checkKindProvider } from './checks/checkKindProvider';
import { checkModule } from './checks/checkModule';
import { checkSeeds } from './checks/checkSeeds';
import { checkStructure } from './checks/checkStructure';
import { checkTeamRoles } from './checks/checkTeamRoles';
import { checkTflint } from './checks/checkTflint';
import { inParallel } from './inParallel';
import { createMirror } from './providers/createMirror';
import type { Report } from './Report';
import { isOnPath } from './run';
import { findTerraform } from './terraform/findTerraform';
import { startRegistry } from './terraform/startRegistry';
import { usedTypes } from './terraform/usedTypes';
import { Workspace } from './terraform/Workspace';

/**
 * Checks `infra/terraform` without a cloud, a cluster or credentials, against the schemas of the providers.
 *
 * @param only - prefixes of the modules to check, relative to `infra/terraform`; all by default
 */
export async function check(report: Report, only: string[]): Promise<void> {
  const registry = await startRegistry();
  const workspace = await Workspace.create(registry.url);
  try {
    if (!only.length) {
      report.title('Rules of our own');
      await checkStructure(workspace, report);
    }
    await checkWithTerraform(workspace, report, only);
  } finally {
    await workspace.remove();
    await registry.stop();
  }
  if (!only.length) {
    report.title('tflint and checkov');
    await checkTflint(report);
    await checkCheckov(report);
  }
}

async function checkWithTerraform(
  workspace: Workspace,
  report: Report,
  only: string[],
): Promise<void> {
  const program = await prepare(workspace, report);
  if (!program) {
    return;
  }
  report.title('Format');
  await checkFormat(workspace, report);

  report.title('Modules and roots, with stand-ins for all providers');
  const modules = (await workspace.modules()).filter(
    module => !only.length || only.some(start => module.startsWith(start)),
  );
  if (!modules.length) {
    report.fail(only.join(', '), [
      'No directory with Terraform files in infra/terraform begins like this.',
    ]);
  }
  await inParallel(modules, module => checkModule(workspace, module, report));
  if (modules.includes('providers/aws/team')) {
    report.title("Rights of the teams' pipelines, with IAM's semantics");
    await checkTeamRoles(workspace, report);
  }
  if (!only.length) {
    await checkKindProvider(program, report);
    report.title('Mistakes that have to be noticed');
    await checkSeeds(workspace, report);
  }
}

/** Prepares Terraform with its stand-in providers, or returns undefined if they are not available. */
async function prepare(
  workspace: Workspace,
  report: Report,
): Promise<string | undefined> {
  const name = 'fmt, validate and test of all modules';
  if (!(await isOnPath('go'))) {
    report.skip(
      name,
      'go, which builds the stand-ins for providers, is not installed',
    );
    return undefined;
  }
  try {
    const program = await findTerraform();
    const files = await workspace.files();
    const used = await usedTypes(
      files.map(file => join(workspace.directory, file)),
    );
    await workspace.prepare({ program, mirror: await createMirror(used) });
    return program;
  } catch (error) {
    report.fail(name, [error instanceof Error ? error.message : String(error)]);
    return undefined;
  }
}
