import { join } from 'node:path';
import { checkFormat } from './checks/checkFormat';
import { checkModule } from './checks/checkModule';
import { inParallel } from './inParallel';
import { createMirror } from './providers/createMirror';
import { Report } from './Report';
import { isOnPath } from './run';
import { startRegistry } from './terraform/startRegistry';
import { usedTypes } from './terraform/usedTypes';
import { Workspace } from './terraform/Workspace';

/** Everything that can be known of `infra/terraform` without a cloud, a cluster or credentials. */
export async function check(
  report: Report,
  only: (module: string) => boolean,
): Promise<void> {
  const registry = await startRegistry();
  const workspace = await Workspace.create(registry.url);
  try {
    await checkWithTerraform(workspace, report, only);
  } finally {
    await workspace.remove();
    await registry.stop();
  }
}

async function checkWithTerraform(
  workspace: Workspace,
  report: Report,
  only: (module: string) => boolean,
): Promise<void> {
  for (const program of ['terraform', 'go']) {
    if (!(await isOnPath(program))) {
      report.skip('fmt, validate, test', `${program} is not installed`);
      return;
    }
  }
  report.title('Format');
  await checkFormat(workspace, report);
  report.title('Modules and roots, with stand-ins for all providers');
  const files = await workspace.files();
  const used = await usedTypes(
    files.map(file => join(workspace.directory, file)),
  );
  await workspace.useMirror(await createMirror(used));
  const modules = (await workspace.modules()).filter(only);
  await inParallel(modules, module => checkModule(workspace, module, report));
}
