import { appendFile, cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { terraformDirectory } from '../paths';
import { run, type Result } from '../run';

/**
 * A copy of `infra/terraform` in which Terraform may leave what it likes: a lock file made with stand-ins must never reach the
 * checkout, and one from the checkout would refuse the stand-ins.
 */
export class Workspace {
  readonly directory: string;
  readonly #environment: NodeJS.ProcessEnv;

  private constructor(
    directory: string,
    environment: NodeJS.ProcessEnv,
  ) {
    this.directory = directory;
    this.#environment = environment;
  }

  static async create(registryUrl: string): Promise<Workspace> {
    const directory = await mkdtemp(join(tmpdir(), 'terraform-check-'));
    await cp(terraformDirectory, join(directory, 'terraform'), {
      recursive: true,
      filter: source =>
        !['.terraform', '.terraform.lock.hcl'].includes(basename(source)),
    });
    const configuration = join(directory, 'terraform.tfrc');
    await writeFile(
      configuration,
      `disable_checkpoint = true
host "registry.terraform.io" {
  services = { "modules.v1" = "${registryUrl}" }
}
`,
    );
    // Nothing of the person's own set-up: it would change what is checked, or bring credentials.
    const inherited = Object.keys(process.env).filter(name =>
      /^(TF|AWS|KUBE|HELM)_/.test(name),
    );
    return new Workspace(join(directory, 'terraform'), {
      ...Object.fromEntries(inherited.map(name => [name, undefined])),
      TF_CLI_CONFIG_FILE: configuration,
      TF_IN_AUTOMATION: '1',
    });
  }

  /** Installs providers from that directory from now on, and from nowhere else. */
  async useMirror(path: string): Promise<void> {
    await appendFile(
      this.#environment.TF_CLI_CONFIG_FILE!,
      `provider_installation {
  filesystem_mirror {
    path = "${path}"
  }
}
`,
    );
  }

  /** Paths of all directories that hold Terraform files, relative to `infra/terraform`, sorted. */
  async modules(): Promise<string[]> {
    const files = await this.files();
    return [...new Set(files.map(file => dirname(file)))].sort();
  }

  /** Paths of all Terraform files but tests, relative to `infra/terraform`. */
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
    return run('terraform', args, {
      directory: join(this.directory, module),
      environment: this.#environment,
    });
  }

  async remove(): Promise<void> {
    await rm(dirname(this.directory), { recursive: true, force: true });
  }
}
