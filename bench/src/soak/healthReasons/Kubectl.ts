import { execFile } from 'node:child_process';

/** Runs kubectl on the real platform's cluster, as its administrator. */
export class Kubectl {
  readonly #kubeconfig: string;
  readonly #home: string;

  /** @param options.home - directory for kubectl's discovery cache. */
  constructor(options: { kubeconfig: string; home: string }) {
    this.#kubeconfig = options.kubeconfig;
    this.#home = options.home;
  }

  async apply(items: object[]): Promise<void> {
    if (items.length > 0) {
      await this.#run(
        ['apply', '--server-side', '--force-conflicts', '--filename=-'],
        JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
      );
    }
  }

  async applyFile(file: string): Promise<void> {
    await this.#run(['apply', '--server-side', `--filename=${file}`]);
  }

  /** @param object - `kind/name`. */
  async delete(namespace: string, object: string): Promise<void> {
    await this.#run([
      'delete',
      object,
      `--namespace=${namespace}`,
      '--wait=false',
    ]);
  }

  #run(args: string[], input?: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const child = execFile(
        'kubectl',
        [...args, `--kubeconfig=${this.#kubeconfig}`],
        {
          env: { PATH: process.env.PATH, HOME: this.#home },
          maxBuffer: 64 * 1024 * 1024,
        },
        (error, stdout, stderr) =>
          error ? reject(new Error(stderr)) : resolve(stdout),
      );
      child.stdin?.end(input);
    });
  }
}
