import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { standInSource, terraformDirectory } from '../paths';
import type { Report } from '../Report';
import { run, runOrThrow } from '../run';

const NAME = 'install-kind-provider.sh: Terraform finds what it installs';

/**
 * Installs the stand-in with the script for Kind's provider, in a separate home directory. The provider itself is in no
 * registry that this check can use.
 */
export async function checkKindProvider(
  program: string,
  report: Report,
): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), 'home-'));
  try {
    const goPaths = await runOrThrow('go', ['env', '-json']);
    const { GOCACHE, GOMODCACHE, GOPATH } = JSON.parse(goPaths);
    const configuration = join(home, 'terraform.tfrc');
    await writeFile(configuration, 'disable_checkpoint = true\n');
    await writeFile(
      join(home, 'main.tf'),
      `terraform {
  required_providers {
    kind = {
      source  = "kind.local/gigifokchiman/kind"
      version = "0.1.4"
    }
  }
}
`,
    );
    const environment = {
      GOCACHE,
      GOMODCACHE,
      GOPATH,
      HOME: home,
      TF_CLI_CONFIG_FILE: configuration,
    };
    const script = join(terraformDirectory, 'scripts/install-kind-provider.sh');
    for (const [command, args] of [
      [script, [standInSource]],
      [program, ['init', '-input=false', '-no-color']],
    ] as const) {
      const { code, output, errors } = await run(command, [...args], {
        directory: home,
        environment,
      });
      if (code !== 0) {
        report.fail(NAME, [output + errors]);
        return;
      }
    }
    report.pass(NAME);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
