import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

const KUBERNETES_URL = 'http://127.0.0.1:7011';

/** Runs kubectl on the Kubernetes API of the running sandbox. @returns its output */
export async function kubectl(...args: string[]): Promise<string> {
  const { stdout } = await run('kubectl', [
    '--server',
    KUBERNETES_URL,
    // Ignores the developer's own contexts.
    '--kubeconfig',
    '/dev/null',
    ...args,
  ]);
  return stdout;
}
