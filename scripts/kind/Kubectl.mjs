import { capture } from './commands.mjs';

/** kubectl as the user of one kubeconfig. */
export class Kubectl {
  #kubeconfig;

  constructor(kubeconfig) {
    this.#kubeconfig = kubeconfig;
  }

  run(args, input) {
    return capture('kubectl', [...args, `--kubeconfig=${this.#kubeconfig}`], {
      input,
    });
  }

  /** Applies objects, or a kustomization by its directory. */
  async apply(source) {
    const server = ['apply', '--server-side', '--force-conflicts'];
    await (typeof source === 'string'
      ? this.run([...server, '--kustomize', source])
      : this.run(
          [...server, '--filename=-'],
          JSON.stringify({ apiVersion: 'v1', kind: 'List', items: source }),
        ));
  }

  async exists(type, name, namespace) {
    const found = await this.run([
      'get',
      type,
      name,
      `--namespace=${namespace}`,
      '--ignore-not-found',
      '--output=name',
    ]);
    return found !== '';
  }
}
