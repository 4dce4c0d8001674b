import type { Report } from '../Report';
import type { Workspace } from '../terraform/Workspace';

export async function checkFormat(
  workspace: Workspace,
  report: Report,
): Promise<void> {
  const { code, output, errors } = await workspace.terraform(
    '.',
    'fmt',
    '-check',
    '-diff',
    '-recursive',
    '-no-color',
  );
  report.judge(
    'fmt',
    code === 0
      ? []
      : [
          'Run `terraform fmt -recursive infra/terraform` to fix the format of:',
          output || errors,
        ],
  );
}
