import { spawn } from 'node:child_process';

interface KubectlResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs kubectl as the administrator, with an object as its input. */
export async function kubectl(
  kubeconfig: string,
  args: string[],
  object?: object,
): Promise<KubectlResult> {
  const child = spawn('kubectl', [`--kubeconfig=${kubeconfig}`, ...args]);
  const result: KubectlResult = { code: null, stdout: '', stderr: '' };
  child.stdout.on('data', chunk => {
    result.stdout += chunk;
  });
  child.stderr.on('data', chunk => {
    result.stderr += chunk;
  });
  child.stdin.on('error', () => {});
  child.stdin.end(object && JSON.stringify(object));
  result.code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return result;
}
