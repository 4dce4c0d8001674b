import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Assertions } from '../Suite';
import { goClient } from '../paths';

/** Steps of the Go client, in their order. */
const STEPS = [
  'open',
  'edit the title',
  'edit the text',
  'label',
  'comment',
  'review',
  'close',
  'reopen',
  'remove the labels',
  'list repositories',
  'list branches',
  'create a webhook',
  'set a status',
  'read a file',
  'list a directory',
  'merge',
];

/** Requests of Gitea's own Go client, which sends null and zero values for all that it does not set. */
export const goClients: Assertions = suite => {
  suite.assert(
    'the Go SDK opens, edits, closes and merges a pull request, and reads the repository',
    async () => {
      const { forge, repository } = suite.target;
      await repository.branch('from-go', { 'infra/from-go.md': 'x\n' });
      const { stdout } = await promisify(execFile)('go', ['run', '.'], {
        cwd: goClient,
        env: {
          ...process.env,
          GOWORK: 'off',
          FORGE_URL: forge.url,
          PORTAL_TOKEN: forge.token('portal-bot'),
          ENGINEER_TOKEN: forge.token('platform-engineer'),
          BRANCH: 'from-go',
        },
      });
      expect(stdout.trim().split('\n')).toEqual(STEPS);
    },
  );
};
