import { startTestForge } from '../../testing-forge';
import type { ForgeTarget } from './ForgeTarget';

const events = {
  approved: 'APPROVED',
  'changes-requested': 'REQUEST_CHANGES',
  commented: 'COMMENT',
};
const states = { running: 'pending', failed: 'failure', passed: 'success' };

/** The sandbox's Gitea, which the conformance suite holds to a real one. */
export async function startGiteaSandbox(): Promise<ForgeTarget> {
  const platform = await startTestForge({ 'infra/old/paths': '1' });
  const { repository } = await platform.openRepository();
  return {
    forge: platform.forge,
    repositoryPage: `${platform.forgeUrl}/acme/platform`,
    pages: { files: 'src/branch', pullRequest: 'pulls' },
    people: { portal: 'portal-bot', reviewer: 'platform-engineer' },
    push: async branch => {
      const commit = await repository.commit({
        base: await repository.head(),
        changes: [
          { path: `infra/${branch}`, content: Buffer.from('1') },
          ...(branch === 'paths'
            ? [{ path: 'infra/old/paths', deleted: true as const }]
            : []),
        ],
        message: 'Change something',
        author: { name: 'Ada', email: 'ada@example.com' },
      });
      await repository.pushNewBranch({ commit, branch });
      return commit;
    },
    setCheck: async (commit, { name, state, text, link }) => {
      await platform.act('POST', `statuses/${commit}`, {
        state: states[state],
        context: name,
        description: text,
        target_url: link,
      });
    },
    review: async (number, decision) => {
      await platform.act('POST', `pulls/${number}/reviews`, {
        event: events[decision],
        body: 'Words.',
      });
    },
    merge: async number => {
      await platform.merge(number);
    },
    problems: () => [],
    stop: () => platform.stop(),
  };
}
