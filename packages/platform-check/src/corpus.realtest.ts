import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { startRealPlatform, type RealPlatform } from '@internal/real-platform';
import { readCorpus } from './__testUtils__/corpus';

const run = promisify(execFile);
const policies = path.resolve(__dirname, '../../../infra/gitops/policies');
const corpus = readCorpus();
/** As tenants/ makes them, and as Argo CD would apply to them. */
const namespaces = ['app-ml-team', 'app-data-team'].map(team => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: {
    name: `${team}-dev`,
    labels: {
      'ml-platform.io/team': team,
      'ml-platform.io/environment': 'dev',
      'pod-security.kubernetes.io/enforce': 'restricted',
    },
  },
}));

describe('the corpus of manifests, on a real API server', () => {
  let platform: RealPlatform;

  beforeAll(async () => {
    platform = await startRealPlatform({ components: ['kubernetes'] });
    await kubectl(['apply', '--server-side', '--kustomize', policies]);
    await apply(
      JSON.stringify({ apiVersion: 'v1', kind: 'List', items: namespaces }),
    );
    await policiesInForce();
  }, 180_000);

  afterAll(async () => {
    await platform.stop();
  }, 60_000);

  it('takes every policy without a warning about its types', async () => {
    const { stdout } = await kubectl([
      'get',
      'validatingadmissionpolicies',
      '--output=json',
    ]);
    const { items } = JSON.parse(stdout);
    expect(items).toHaveLength(8);
    for (const { metadata, status } of items) {
      expect([metadata.name, status.typeChecking]).toEqual([metadata.name, {}]);
    }
  });

  it.each(corpus)('$name: $verdict', async ({ text, verdict, only, says }) => {
    const refusal = await refusalOf(text);
    if (verdict === 'accepted' || only === 'repository') {
      expect(refusal).toBe('');
    } else {
      expect(refusal).not.toBe('');
      expect(refusal.toLowerCase()).toContain(says.toLowerCase());
    }
  });

  /** What the API server says against the manifest, if anything. */
  async function refusalOf(text: string): Promise<string> {
    try {
      await apply(text, ['--dry-run=server', '--validate=strict']);
      return '';
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  /** The API server takes a moment to read new policies. */
  async function policiesInForce() {
    const floating = corpus.find(({ name }) => name === 'latest');
    for (let attempt = 0; attempt < 50; attempt += 1) {
      const refusal = await refusalOf(floating?.text ?? '');
      if (refusal.includes('ml-platform-exact-images')) {
        return;
      }
      await new Promise(resolve => {
        setTimeout(resolve, 200);
      });
    }
    throw new Error('The policies do not come into force.');
  }

  function apply(text: string, options: string[] = []) {
    return kubectl(
      ['apply', '--server-side', ...options, '--filename=-'],
      text,
    );
  }

  function kubectl(args: string[], input?: string) {
    const running = run('kubectl', [
      ...args,
      `--kubeconfig=${platform.kubernetes?.kubeconfig}`,
    ]);
    running.child.stdin?.end(input);
    return running;
  }
});
