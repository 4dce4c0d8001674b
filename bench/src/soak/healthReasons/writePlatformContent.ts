import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { filePath } from './scenarioNames';
import type { Scenario } from './scenarioSchema';

const BOOTSTRAP = 'infra/gitops/bootstrap/argocd';
/** The bootstrap of the real platform replaces it by the URL of its forge. */
const REPOSITORY = 'https://git.example.com/acme/platform.git';

/**
 * Writes the content of a platform repository with the files of the scenarios and a project that no scenario uses.
 *
 * @returns a new directory.
 */
export async function writePlatformContent(
  scenarios: Scenario[],
): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'soak-reasons-'));
  const files: Record<string, string> = {
    [`${BOOTSTRAP}/kustomization.yaml`]:
      'resources: [project.yaml, root.yaml]\n',
    [`${BOOTSTRAP}/project.yaml`]: JSON.stringify({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AppProject',
      metadata: { name: 'platform', namespace: 'argocd' },
      spec: { sourceRepos: [REPOSITORY] },
    }),
    // Deploys nothing; the bootstrap of the real platform expects an Application of the repository.
    [`${BOOTSTRAP}/root.yaml`]: JSON.stringify({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: 'root', namespace: 'argocd' },
      spec: {
        project: 'platform',
        source: { repoURL: REPOSITORY, path: 'templates' },
        destination: { server: 'https://kubernetes.default.svc' },
      },
    }),
    'templates/README.md': 'Templates.\n',
  };
  for (const scenario of scenarios) {
    for (const [path, content] of Object.entries(scenario.files ?? {})) {
      files[filePath(scenario, path)] = content;
    }
  }
  for (const [path, content] of Object.entries(files)) {
    const file = join(directory, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  return directory;
}
