import {
  appendFile,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { terraformDirectory } from '../paths';
import { run, type Result } from '../run';

/**
 * A copy of `infra/terraform`, where Terraform can write files. Lock files of stand-ins must not reach the checkout, and lock
 * files of the checkout would reject the stand-ins.
 */
export class Workspace {
  readonly directory: string;
  readonly #environment: NodeJS.ProcessEnv;
  #program = 'terraform';

  private constructor(directory: string, environment: NodeJS.ProcessEnv) {
    this.directory = directory;
    this.#environment = environment;
  }

  static async create(registryUrl: string): Promise<Workspace> {
    const directory = await copyOfTerraform();
    const configuration = join(directory, 'terraform.tfrc');
    await writeFile(
      configuration,
      `disable_checkpoint = true
host "registry.terraform.io" {
  services = { "modules.v1" = "${registryUrl}" }
}
`,
    );
    // The user's settings could change the result, or provide credentials.
    const inherited = Object.keys(process.env).filter(name =>
      /^(TF|AWS|KUBE|HELM)_/.test(name),
    );
    return new Workspace(join(directory, 'terraform'), {
      ...Object.fromEntries(inherited.map(name => [name, undefined])),
      TF_CLI_CONFIG_FILE: configuration,
      TF_IN_AUTOMATION: '1',
    });
  }

  /** Creates another copy of the checkout's files, with the same providers and modules. */
  async copy(): Promise<Workspace> {
    const directory = await copyOfTerraform();
    const copy = new Workspace(join(directory, 'terraform'), this.#environment);
    copy.#program = this.#program;
    return copy;
  }

  /** Sets the Terraform to run, which installs providers from the mirror only. */
  async prepare(options: { program: string; mirror: string }): Promise<void> {
    this.#program = options.program;
    await appendFile(
      this.#environment.TF_CLI_CONFIG_FILE!,
      `provider_installation {
  filesystem_mirror {
    path = "${options.mirror}"
  }
}
`,
    );
  }

  /** Paths of all directories with Terraform files, relative to `infra/terraform`, sorted. */
  async modules(): Promise<string[]> {
    const files = await this.files();
    return [...new Set(files.map(file => dirname(file)))].sort();
  }

  /** Paths of all Terraform files except tests, relative to `infra/terraform`. */
  async files(): Promise<string[]> {
    const entries = await readdir(this.directory, {
      recursive: true,
      withFileTypes: true,
    });
    return entries
      .filter(entry => entry.isFile() && entry.name.endsWith('.tf'))
      .map(entry => join(entry.parentPath, entry.name))
      .filter(file => !file.includes('/.terraform/'))
      .map(file => relative(this.directory, file))
      .sort();
  }

  terraform(module: string, ...args: string[]): Promise<Result> {
    return run(this.#program, args, {
      directory: join(this.directory, module),
      environment: this.#environment,
    });
  }

  async remove(): Promise<void> {
    await rm(dirname(this.directory), { recursive: true, force: true });
  }
}

async function copyOfTerraform(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'terraform-check-'));
  const terraform = join(directory, 'terraform');
  await cp(terraformDirectory, terraform, {
    recursive: true,
    filter: source =>
      !['.terraform', '.terraform.lock.hcl'].includes(basename(source)),
  });
  await addTeamTests(terraform);
  return directory;
}

/** Adds the shared test to team roots. */
async function addTeamTests(terraform: string): Promise<void> {
  const teams = join(terraform, 'compositions/teams');
  for (const entry of await readdir(teams, {
    recursive: true,
    withFileTypes: true,
  })) {
    if (entry.name === 'backend.tf') {
      const tests = join(entry.parentPath, 'tests');
      await mkdir(tests, { recursive: true });
      await cp(join(teams, 'root.tftest.hcl'), join(tests, 'root.tftest.hcl'));
    }
  }
}
