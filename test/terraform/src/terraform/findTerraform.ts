import { cached, digestOfFiles } from '../cache';
import { terraformSource } from '../paths';
import { isOnPath, run, runOrThrow } from '../run';

/** The first version with native S3 state locking. */
const MINIMUM = [1, 11];

/** Finds Terraform in PATH if it is new enough, or builds it from its Go module. */
export async function findTerraform(): Promise<string> {
  if ((await isOnPath('terraform')) && (await isNewEnough())) {
    return 'terraform';
  }
  return buildTerraform();
}

async function isNewEnough(): Promise<boolean> {
  const { output } = await run('terraform', ['version', '-json']);
  const [, major, minor] = /"terraform_version": "(\d+)\.(\d+)/.exec(
    output,
  ) ?? [undefined, 0, 0];
  return (
    Number(major) > MINIMUM[0] ||
    (Number(major) === MINIMUM[0] && Number(minor) >= MINIMUM[1])
  );
}

async function buildTerraform(): Promise<string> {
  const digest = await digestOfFiles(terraformSource);
  const directory = await cached(`terraform-${digest}`, async destination => {
    await runOrThrow(
      'go',
      [
        'build',
        '-trimpath',
        // No `required_version` accepts the version of a development build.
        '-ldflags=-s -w -X github.com/hashicorp/terraform/version.dev=no',
        `-o=${destination}/terraform`,
        'github.com/hashicorp/terraform',
      ],
      { directory: terraformSource, environment: { GOWORK: 'off' } },
    );
  });
  return `${directory}/terraform`;
}
