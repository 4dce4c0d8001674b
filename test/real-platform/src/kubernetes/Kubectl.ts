import { run } from '../processes/run';

/** kubectl as the user of one kubeconfig. */
export class Kubectl {
  readonly #kubeconfig: string;
  readonly #environment: Record<string, string>;

  static create(options: {
    kubeconfig: string;
    environment: Record<string, string>;
  }): Kubectl {
    return new Kubectl(options.kubeconfig, options.environment);
  }

  private constructor(kubeconfig: string, environment: Record<string, string>) {
    this.#kubeconfig = kubeconfig;
    this.#environment = environment;
  }

  run(args: string[], input?: string): Promise<string> {
    return run('kubectl', [...args, `--kubeconfig=${this.#kubeconfig}`], {
      environment: this.#environment,
      input,
    });
  }

  /** Applies files, directories or (`-`) the input on the server: some definitions are too long for the annotation that a client-side apply leaves. */
  apply(
    paths: string[],
    options: { input?: string; namespace?: string } = {},
  ): Promise<string> {
    return this.run(
      [
        'apply',
        '--server-side',
        '--force-conflicts',
        ...(options.namespace ? [`--namespace=${options.namespace}`] : []),
        ...paths.map(path => `--filename=${path}`),
      ],
      options.input,
    );
  }

  /** Applies objects. */
  applyObjects(items: object[]): Promise<string> {
    const list = { apiVersion: 'v1', kind: 'List', items };
    return this.apply(['-'], { input: JSON.stringify(list) });
  }
}
