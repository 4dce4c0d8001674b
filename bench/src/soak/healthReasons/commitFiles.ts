import type { RealPlatform } from '@internal/real-platform';
import { filePath } from './scenarioNames';
import type { Scenario } from './scenarioSchema';

/** Commits the second version of a scenario's files (`thenCommit`) to the platform repository. */
export async function commitFiles(
  { gitea }: RealPlatform,
  scenario: Scenario,
): Promise<void> {
  if (!gitea) {
    throw new Error('The real platform has no Gitea');
  }
  const { token } = gitea.accounts['platform-engineer'];
  const send = (method: string, path: string, body?: object) =>
    fetch(`${gitea.url}/api/v1/repos/acme/platform/contents/${path}`, {
      method,
      headers: {
        authorization: `token ${token}`,
        'content-type': 'application/json',
      },
      ...(body && { body: JSON.stringify(body) }),
    });
  for (const [name, text] of Object.entries(scenario.thenCommit ?? {})) {
    const path = filePath(scenario, name);
    const existing = await send('GET', `${path}?ref=main`);
    const sha = existing.ok ? (await existing.json()).sha : undefined;
    const response = await send(sha ? 'PUT' : 'POST', path, {
      branch: 'main',
      message: `Change ${scenario.name}`,
      content: Buffer.from(text).toString('base64'),
      ...(sha && { sha }),
    });
    if (!response.ok) {
      throw new Error(`${path}: ${await response.text()}`);
    }
  }
}
