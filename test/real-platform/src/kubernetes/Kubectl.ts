import { run } from '../processes/run';

/** kubectl with a kubeconfig. */
export class Kubectl {
  readonly #kubeconfig: string;
  readonly #environment: Record<string, string>;

  constructor(options: {
    kubeconfig: string;
    environment: Record<string, string>;
  }) {
    this.#kubeconfig = options.kubeconfig;
    this.#environment = options.environment;
  }

  run(args: string[], input?: string): Promise<string> {
    return run('kubectl', [...args, `--kubeconfig=${this.#kubeconfig}`], {
      environment: this.#environment,
      input,
    });
  }

  /** Applies files, directories or the input (`-`) on the server: some definitions are too long for client-side apply. */
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

  applyObjects(items: object[]): Promise<string> {
    const list = { apiVersion: 'v1', kind: 'List', items };
    return this.apply(['-'], { input: JSON.stringify(list) });
  }
}
